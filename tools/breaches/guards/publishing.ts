import { breach, swap } from '../guard-breach.ts';

const publishing = 'src/server/features/publishing/';
const engine = `${publishing}engine/`;
const analytics = 'src/server/features/analytics/';
const bluesky = 'src/connectors/bluesky/';

/** Each post once, in order, and figures that are true. */
export const publishingBreaches = [
  breach(
    'publishing: an unknown outcome is sent again',
    [
      `${publishing}fault-decision.rules.ts`,
      swap("if (fault.reached === 'unknown') return { do: 'unconfirmed' };", ''),
    ],
    [
      `${publishing}fault-decision.rules.test.ts`,
      'fault decision never sends again by itself what may be public, whatever the fault is called',
    ],
  ),
  breach(
    'publishing: absence is believed at once',
    [
      `${publishing}delivery-states.rules.ts`,
      swap('armedAt.getTime() + proofTakesMs(readLagMs)', 'armedAt.getTime() + 0 * readLagMs'),
    ],
    [
      `${publishing}unknown-outcome.test.ts`,
      'an unknown outcome is sent again only when absence is proved, after deadline, time-out and read lag',
    ],
  ),
  breach(
    'publishing: what was taken back is armed all the same',
    [
      `${engine}attempt-store.ts`,
      swap(/ AND delivery\.fence = a\.fence AND \$\{stillClaimed\(.+?\)\}/, " AND delivery.state <> 'published'"),
    ],
    [
      `${publishing}publishing.test.ts`,
      'a worker that is gone or late sends nothing when the post was edited while it prepared',
    ],
  ),
  breach(
    'publishing: a late worker sends all the same',
    [`${engine}publish-claimed.ts`, swap('> SEND_DEADLINE_MS;', '> SEND_DEADLINE_MS * 1_000;')],
    [
      `${engine}worker-under-pressure.test.ts`,
      'a worker under pressure sends nothing when it froze between arm and send for longer than the deadline',
    ],
  ),
  breach(
    'publishing: it is sent before the attempt is committed',
    [
      `${engine}publish-claimed.ts`,
      (text) =>
        text
          .replace(
            '  const armed = await desk.arm({',
            '  const early = await send(context, load, { prepared, limit, hold, crashAt });\n  const armed = await desk.arm({',
          )
          .replace('...(await send(context, load, { prepared, limit, hold, crashAt })), attempt', '...early, attempt'),
    ],
    [
      `${publishing}publishing.test.ts`,
      'a worker that is gone or late sends nothing when the post was edited while it prepared',
    ],
  ),
  breach(
    'publishing: a hold is not asked about before a send',
    [
      `${engine}attempt-store.ts`,
      swap(
        'WHERE h.workspace_id = delivery.workspace_id\n          AND h.lifted_at IS NULL',
        'WHERE false AND h.lifted_at IS NULL',
      ),
    ],
    [
      `${engine}worker-under-pressure.test.ts`,
      'a worker under pressure arms nothing under a hold that was set while it was claimed',
    ],
  ),
  breach(
    'publishing: two sends of a channel are under way',
    [`${engine}ledger-store.ts`, swap("AND busy.state IN ('claimed', 'armed'))", "AND busy.state IN ('nowhere'))")],
    [`${engine}claims.test.ts`, 'sends many at once, each channel in its order, and nothing twice'],
  ),
  breach(
    'publishing: the next workspace waits behind the first',
    [`${engine}ledger-store.ts`, swap('ORDER BY turn.nth, turn.not_before', 'ORDER BY turn.not_before')],
    [`${engine}claims.test.ts`, 'takes workspaces in turn, one of each channel, and no more than there is room for'],
  ),
  breach(
    'publishing: what is later than the grace time goes out',
    [`${engine}ledger-store.ts`, (text) => text.replaceAll('w.grace_minutes', 'w.grace_minutes * 9_999')],
    [`${publishing}publishing.test.ts`, 'faults hold what is later than the grace time until a person lets it go'],
  ),
  breach(
    'publishing: what is on its way is edited',
    [`${publishing}delivery-states.rules.ts`, swap("|| state === 'unconfirmed';", ';')],
    [`${publishing}publishing.test.ts`, 'a worker that is gone or late refuses to edit or cancel what is on its way'],
  ),
  breach(
    'afterwards: the first part is taken down first',
    [
      `${publishing}deliveries/finish-asked.ts`,
      swap('livePartsOf(live.parts).toReversed()', 'livePartsOf(live.parts)'),
    ],
    [
      `${publishing}deliveries/afterwards.test.ts`,
      'taking down what is live removes every part, the last one first, and keeps when',
    ],
  ),
  breach(
    'first comment: it answers the last part',
    [`${engine}shape-part.ts`, swap('role: part.role,', "role: 'post',")],
    [
      `${publishing}first-comment.test.ts`,
      'a first comment goes out after the whole thread and answers the post itself',
    ],
  ),
  breach(
    'the day: a delivery is nowhere and nobody is told',
    [
      `${publishing}days/day-reckoning.rules.ts`,
      swap(
        'due === Object.values(fate).reduce((sum, count) => sum + count, 0)',
        'Object.values(fate).length > 0 || due > 0',
      ),
    ],
    [`${publishing}days/days.test.ts`, 'the day’s reckoning is wrong, loudly, when a delivery is nowhere'],
  ),
  breach(
    'figures: what is not known is zero',
    [`${analytics}figures.rules.ts`, swap('value: known.length === 0 ? null :', 'value: known.length === 0 ? 0 :')],
    [`${analytics}figures.rules.test.ts`, 'a figure made of several is null exactly when nothing is known'],
  ),
  breach(
    'figures: a failure is kept as zero',
    [
      `${analytics}read-readings.ts`,
      swap(
        'return metrics.map((metric) => ({ ...subject, metric, state, fault: fault.kind }));',
        "return metrics.map((metric) => (state === 'failed' ? { ...subject, metric, state: 'value', value: 0 } : { ...subject, metric, state, fault: fault.kind }));",
      ),
    ],
    [`${analytics}absences.test.ts`, 'what is not known is not zero when the network failed'],
  ),
  breach(
    'figures: a written reading can be changed',
    ['migrations/0009-analytics.sql', swap(/REVOKE UPDATE[^;]* ON reading [^;]*;/, '')],
    [`${analytics}absences.test.ts`, 'what is not known is not zero and a reading, once written, cannot be changed'],
  ),
  breach(
    'networks: a limit is not held before the wire',
    [
      'src/connectors/kit/rules/validate-content.ts',
      swap(
        "...(tooLong ? [{ field: at, code: 'text-too-long' as const,",
        "...(tooLong && at === '' ? [{ field: at, code: 'text-too-long' as const,",
      ),
    ],
    [
      'src/connectors/kit/rules/validate-content.test.ts',
      'text too long by the unit that is exceeded, said once and by how much',
    ],
  ),
  breach(
    'networks: a failure of the server means that nothing arrived',
    [`${bluesky}faults.ts`, swap("reached: isRefusal ? 'no' : 'unknown'", "reached: isRefusal ? 'no' : 'no'")],
    [`${bluesky}faults.test.ts`, 'whether a send can have reached anybody'],
  ),
  breach(
    'networks: “blocked” after the post is live means that nothing arrived',
    ['src/connectors/practice/faults.ts', swap('comesBefore && !isBlocked', '(comesBefore || isBlocked)')],
    [
      'src/connectors/practice/publish.network.test.ts',
      'after "blocked-after" the outcome is unknown, and a look finds the one post',
    ],
  ),
  breach(
    'networks: a hostile answer is believed',
    [`${bluesky}publish.ts`, swap(' && written.data.uri === postUri(write.repo, write.rkey)', '')],
    [`${bluesky}hostile-answers.test.ts`, 'a send answered for another record is unknown'],
  ),
  breach(
    'jobs: one is written and nobody does it',
    ['src/server/entry/compose.ts', swap(/\n {2}pingHubs,\n/, '\n')],
    ['test/jobs.test.ts', 'a job of the product can be declared, each one that is written anywhere'],
  ),
  breach(
    'clock: something is due by the server’s own clock',
    [`${engine}ledger-store.ts`, swap('f.not_before <= clock.now()', 'f.not_before <= now()')],
    ['test/clock-guard.test.ts', 'what is due is asked of clock.now() and of no other clock'],
  ),
  breach(
    'start: a second one takes the folder',
    ['src/server/platform/db/embedded/hold-lock.ts', swap('if (holder !== null) throw new LockHeldError(holder);', '')],
    [
      'src/server/platform/db/embedded/hold-lock.test.ts',
      'a held lock is refused, names its holder, and is free again when given back',
    ],
  ),
];
