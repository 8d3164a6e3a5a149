import { sql } from 'kysely';
import type { House } from '#server/platform/context/index.ts';
import { benchNetwork } from './bench-network.ts';
import { openShop } from './fill-ledger.ts';

/** What stands in the week that is looked at. */
const IN_THE_WEEK = 30;

/**
 * Gives a workspace years of published posts, five a day, and a week of planned ones that lies ahead; returns the first
 * day of that week.
 */
export async function fillYears(
  house: House,
  { posts, workspaceId, personId, server }: { posts: number; workspaceId: string; personId: string; server: string },
): Promise<string> {
  const { channelIds } = await openShop(house, { channels: 5, server, within: workspaceId });
  const week = Temporal.Now.plainDateISO('UTC').add({ days: 14 });
  const first = week.subtract({ days: (week.dayOfWeek + 6) % 7 }).toString();
  const past = posts - IN_THE_WEEK;
  await house.db.inWorkspace(workspaceId, async (tx) => {
    // Numbers below zero lie behind now, the others in the week ahead, four a day from nine o'clock.
    await sql`CREATE TEMPORARY TABLE seed ON COMMIT DROP AS
      SELECT n, gen_random_uuid() AS post, gen_random_uuid() AS variant, gen_random_uuid() AS delivery,
        (${sql.val(channelIds)}::uuid[])[1 + abs(n) % 5] AS channel, 'Fresh bread, number ' || n AS text,
        CASE WHEN n < 0 THEN date_trunc('minute', now()) + n * interval '5 hours'
          ELSE ${first}::timestamp AT TIME ZONE 'UTC' + (n % 7) * interval '1 day' + (9 + n / 7 * 2) * interval '1 hour'
        END AS at
      FROM generate_series(${-past}::int, ${IN_THE_WEEK - 1}::int) AS n`.execute(tx);
    const local = sql`to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI')`;
    await sql`INSERT INTO post (workspace_id, id, content, language, author_id, planned_local, planned_zone, planned_at)
      SELECT ${workspaceId}, post, jsonb_build_object('parts', jsonb_build_array(jsonb_build_object(
        'text', text, 'media', '[]'::jsonb, 'link', NULL))), 'en', ${personId}, ${local}, 'UTC', at FROM seed`.execute(
      tx,
    );
    await sql`INSERT INTO variant (workspace_id, id, post_id, channel_id)
      SELECT ${workspaceId}, variant, post, channel FROM seed`.execute(tx);
    await sql`INSERT INTO delivery (workspace_id, id, group_id, position, post_id, variant_id, channel_id, network, state,
        due_at, zone, local_due, not_before, seed, excerpt, published_at, remote_id)
      SELECT ${workspaceId}, delivery, delivery, 0, post, variant, channel, ${benchNetwork.manifest.id},
        CASE WHEN n < 0 THEN 'published' ELSE 'scheduled' END, at, 'UTC', ${local}, at, md5(n::text), text,
        CASE WHEN n < 0 THEN at END, CASE WHEN n < 0 THEN n::text END FROM seed`.execute(tx);
  });
  return first;
}
