import type { Contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';

/** What stands at the head of the description. */
export const aboutApi = `Everything that the interface does, by REST. The workspace stands in the address.

**Keys.** Send \`Authorization: Bearer gp_…\`. A key is made in the settings of a workspace, by \`POST /workspaces/{workspaceId}/api-keys\`, or by \`goalpost login\` on the command line; its secret is shown once. It acts for its maker in that one workspace, as far as its scopes reach: \`read\` (always), \`plan\`, \`content\`, \`publish\`, \`manage\`. A browser that is signed in uses its session cookie instead; calls that change something are taken from pages of this address alone.

**Once.** A call that changes something may carry an \`Idempotency-Key\`: the same call under the same key is done once, and answered the same when it is repeated. Send one whenever an answer can be lost.

**Refusals.** Whatever is not done is answered with a status from 400 up and one body: a \`code\` from a closed list, a \`message\` in the caller’s language (\`Accept-Language\`, or the person’s own), and under \`data.problems\` what is wrong with which field. Fields that are not known are refused, not ignored. Who is a stranger to a workspace gets \`not-found\` for everything in it.

**Saving.** What several people edit has a \`revision\`. A save names the one it was made from; when somebody else saved meanwhile it is refused as \`edited-meanwhile\`, with what stands there now.

**Pages.** Lists come in pages: pass \`next\` of one page as \`cursor\` of the following one; the last page has no \`next\`.

**Limits.** Calls are counted for each person, each key and each address of callers who are not known. Every answer says how one stands (\`RateLimit\`, \`RateLimit-Policy\`); too many calls are answered with 429 and \`Retry-After\` in seconds.

**Times.** Instants are ISO 8601 in UTC. A post is planned by wall-clock time and zone: what was meant stays, whatever happens to the clocks.`;

/** What each group of operations is about. */
export const aboutGroups: Record<keyof Contract | 'auth', string> = {
  auth: 'Signing up, in and out. A program uses an API key instead.',
  me: 'Who calls, and the workspaces they belong to.',
  sessions: 'Where the caller is signed in.',
  workspaces: 'A workspace is one business; nothing in it is seen from another.',
  members: 'Who belongs to a workspace, and their roles.',
  invitations: 'Standing offers to become a member.',
  apiKeys: 'Keys by which programs act for a person in one workspace.',
  audit: 'Who did what to what, and when; lines are never changed or removed.',
  operator: 'The installation itself, for whoever runs it.',
  today: 'What is worth doing now, what goes out today and how the goals stand.',
  notices: 'What the caller was told, and how they want to be told.',
  objectives: 'What the business wants or what presses it, said without networks; ranked. Goals serve objectives.',
  goals: 'A metric with a scope, a baseline, a target and a deadline.',
  initiatives: 'Steps that serve a goal; they end on a date, after a span, or when a target is reached.',
  channels: 'Accounts, pages and profiles of the business, connected or not.',
  reconnectLinks: 'Links by which the owner of a channel’s account connects it again, without a seat.',
  media: 'The library of pictures.',
  uploads: 'Files that come in parts, for what is large or on its way by a line that breaks.',
  posts: 'What is said, on which channels, and which goal it serves. Scheduling a post makes its deliveries.',
  deliveries: 'The ledger: one variant of a post brought to one channel at one time, and what became of it.',
  publishing: 'Whether things move, what became of each day, and holds that stop what comes due.',
  analytics: 'Figures, the progress of goals, and the evidence that every number is made of.',
  page: 'The public page that Goalpost serves for the business.',
  onboarding: 'The five questions a workspace begins with, what follows from the answers, and making it so.',
  practice: 'The practice network of a demo: made to go wrong on command, with its own ledger.',
};

const id = (last: string) => `01a204cb-f02f-701c-801d-c5512500000${last}`;

/** Bodies for the steps of the loop, from workspace to schedule. */
export const loopExamples: Partial<Record<OperationName, unknown>> = {
  'workspaces.create': { name: 'Mali’s Bakery', language: 'en', zone: 'Asia/Bangkok' },
  'apiKeys.create': { name: 'Till', scopes: ['read', 'plan', 'content', 'publish'], days: 90 },
  'objectives.create': { title: 'Fill the quiet mornings' },
  'goals.create': {
    title: 'More people who talk with us',
    metric: 'engagement',
    target: { kind: 'number', value: 20 },
    deadlineOn: '2027-03-31',
    objectiveId: id('1'),
  },
  'initiatives.create': {
    goalId: id('2'),
    title: 'One post a day',
    startsOn: '2026-12-01',
    end: { kind: 'target-reached' },
  },
  'page.open': { address: 'malis-bakery', title: 'Mali’s Bakery' },
  'channels.create': { network: 'bluesky', name: 'Mali’s Bakery' },
  'channels.connect': { values: { identifier: 'malis.bsky.social', password: 'abcd-efgh-ijkl-mnop' } },
  'posts.create': {
    content: { parts: [{ text: 'Fresh sourdough at seven. Who comes?' }] },
    serves: { kind: 'goal', goalId: id('2') },
    variants: [{ channelId: id('3') }],
  },
  'posts.schedule': { revision: 1, at: { local: '2026-12-01T07:00', zone: 'Asia/Bangkok' } },
  'posts.move': { revision: 1, at: { local: '2026-12-02T07:00', zone: 'Asia/Bangkok' } },
  'posts.publishNow': { revision: 1 },
  'publishing.hold': { why: 'We must look into something first' },
};
