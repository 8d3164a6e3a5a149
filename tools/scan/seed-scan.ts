import { seedWorkspace } from '#test/seed-workspace.ts';
import { type Client, openClient, signUpOwner, until } from '../../e2e/product.ts';

/** Who is signed in while the scanners are at work, and one of everything that they may ask for. */
export interface Seeded {
  cookie: string;
  workspaceId: string;
  /** By the name of the field that refers to it. */
  ids: Record<string, string>;
  /** Address of the business' own page. */
  pageAddress: string;
}

const password = 'sourdough at seven';
const email = 'mali@bakery.example';

/** Signs the first person up, who is also the operator, and makes one of everything in a workspace of theirs. */
export async function seedScan(url: string): Promise<Seeded> {
  const first = await signUpOwner(url);
  // A second session: the first one is there to be ended by the scanners.
  const cookie = await signIn(url);
  const [name = '', value = ''] = cookie.split('=');
  const client = openClient(url, { name, value });
  const sessionId = (await first.sessions.list()).items.find((session) => session.current)?.id ?? '';
  const { id: personId } = await client.me.get();
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'Europe/Berlin' });
  const pageAddress = 'scanned-bakery';
  const ids = { personId, ownerId: personId, sessionId, ...(await fill(client, workspaceId, pageAddress)) };
  return { cookie, workspaceId, ids, pageAddress };
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  const [pair = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  if (!response.ok || pair === '') throw new Error(`Signing in failed: ${response.status}`);
  return pair;
}

async function fill(client: Client, workspaceId: string, address: string): Promise<Record<string, string>> {
  const { ids, writeDraft } = await seedWorkspace(client, { workspaceId, name: 'Bakery', address });
  const post = await writeDraft();
  await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
  const { deliveries } = await until(
    () => client.posts.get({ workspaceId, postId: post.id }),
    ({ state }) => state === 'published',
    20_000,
  );
  const waiting = await writeDraft();
  const channel = await client.channels.create({ workspaceId, network: 'bluesky', name: 'Bakery', state: 'active' });
  const hold = await client.publishing.hold({ workspaceId, why: 'The oven is broken' });
  return {
    ...ids,
    channelId: channel.id,
    postId: waiting.id,
    variantId: waiting.variants[0]?.id ?? '',
    deliveryId: deliveries[0]?.id ?? '',
    holdId: hold.id,
  };
}
