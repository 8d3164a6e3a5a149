import { describe, expect, it } from 'vitest';
import type { GoalToday, KnownToday, Morning, WaitingToday } from './morning.rules.ts';
import { suggest } from './suggest.rules.ts';

const now = new Date('2026-11-23T07:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const quiet: Morning = {
  workspaceId: 'w',
  now,
  interview: { state: 'made', answered: 5 },
  hasPage: true,
  channels: [],
  waiting: [],
  drafts: [],
  firstDraft: null,
  goals: [],
  aside: new Set(),
  may: () => true,
};
const goal = (n: number, about: Partial<GoalToday> = {}): GoalToday => ({
  id: uuid(n),
  title: `Goal ${n}`,
  yours: true,
  hasBegun: true,
  createdAt: inDays(-30),
  isServed: true,
  lastServedAt: null,
  draft: null,
  needs: [],
  figures: null,
  ...about,
});
const channel = (n: number, about: Partial<KnownToday> = {}): KnownToday => ({
  id: uuid(n),
  name: `Channel ${n}`,
  connection: 'connected',
  ending: null,
  isActive: true,
  cadencePerWeek: null,
  nextDueAt: null,
  lastPublishedAt: null,
  ...about,
});
const waiting = (n: number, about: Partial<WaitingToday> = {}): WaitingToday => ({
  deliveryId: uuid(n),
  postId: uuid(n + 1_000),
  channelId: uuid(1),
  state: 'failed',
  heldReason: null,
  fault: 'temporarily-down',
  dueAt: inDays(-1),
  excerpt: `Post ${n}`,
  ...about,
});
const settled = [goal(90)];
const kindsOf = (morning: Partial<Morning>) =>
  suggest({ ...quiet, goals: settled, ...morning }).suggestions.map((it) => it.kind);

describe('what is suggested', () => {
  it('is nothing when nothing needs anybody', () => {
    expect(suggest({ ...quiet, goals: settled, channels: [channel(1)] })).toEqual({ suggestions: [], more: 0 });
  });

  it('is in the order of urgency, and five at most, with the number of what is left', () => {
    const { suggestions, more } = suggest({
      ...quiet,
      hasPage: false,
      channels: [
        channel(1),
        channel(2, { connection: 'credential-rejected', nextDueAt: inDays(0.1) }),
        channel(3, { cadencePerWeek: 7 }),
      ],
      waiting: [
        waiting(10, { state: 'held', heldReason: 'late', fault: null }),
        waiting(11),
        waiting(12, { state: 'unconfirmed', fault: 'outcome-unknown' }),
      ],
      drafts: [{ postId: uuid(20), excerpt: 'Rolls', plannedAt: inDays(0.5) }],
      goals: [goal(1, { yours: false }), goal(2, { isServed: false })],
    });
    expect(suggestions.map((it) => it.kind)).toEqual([
      'delivery-unconfirmed',
      'channel-reconnect',
      'delivery-failed',
      'delivery-held',
      'draft-due',
    ]);
    expect(more).toBe(4);
  });

  it('is one thing about each subject, the most pressing', () => {
    const kinds = kindsOf({ channels: [channel(1, { connection: 'permission-missing', cadencePerWeek: 7 })] });
    expect(kinds).toEqual(['channel-reconnect']);
    expect(kindsOf({ goals: [goal(1, { yours: false, isServed: false })] })).toEqual(['goal-proposed']);
  });

  it('says when the last post for a goal went out, if it was lately', () => {
    const [lately] = suggest({ ...quiet, goals: [goal(1, { isServed: false, lastServedAt: inDays(-1) })] }).suggestions;
    expect(lately).toMatchObject({ kind: 'goal-unserved', reason: 'lately', at: inDays(-1).toISOString() });
    const [never] = suggest({ ...quiet, goals: [goal(1, { isServed: false })] }).suggestions;
    expect(never).toMatchObject({ kind: 'goal-unserved', reason: null, at: null });
  });

  it('is two of a kind at most, and the next one when one is set aside', () => {
    const goals = [1, 2, 3].map((n) => goal(n, { isServed: false }));
    const first = suggest({ ...quiet, goals });
    expect(first.suggestions.map((it) => it.goalId)).toEqual([uuid(1), uuid(2)]);
    expect(first.more).toBe(1);
    const second = suggest({ ...quiet, goals, aside: new Set([`goal-unserved:${uuid(1)}`]) });
    expect(second.suggestions.map((it) => it.goalId)).toEqual([uuid(2), uuid(3)]);
  });

  it('does not offer something else about what was set aside', () => {
    const goals = [goal(1, { yours: false, isServed: false })];
    expect(kindsOf({ goals, aside: new Set([`goal-proposed:${uuid(1)}`]) })).toEqual([]);
  });

  it('is nothing that the person may not do', () => {
    const goals = [goal(1, { isServed: false })];
    expect(kindsOf({ goals, may: (operation) => operation !== 'posts.create' })).toEqual([]);
  });
});

describe('a delivery that waits', () => {
  it('is done by one press where one thing helps', () => {
    const [one] = suggest({ ...quiet, goals: settled, channels: [channel(1)], waiting: [waiting(10)] }).suggestions;
    expect(one).toMatchObject({
      act: 'retry',
      deliveryId: uuid(10),
      names: { channel: 'Channel 1', post: 'Post 10' },
      reason: 'temporarily-down',
    });
  });

  it.each([
    ['was refused for its words', waiting(10, { fault: 'content-rejected' })],
    ['may be out already', waiting(10, { state: 'held', heldReason: 'new-history', fault: null })],
    ['is held by a pause', waiting(10, { state: 'held', heldReason: 'crisis', fault: null })],
  ])('is looked at first when it %s', (_why, it) => {
    const [one] = suggest({ ...quiet, goals: settled, channels: [channel(1)], waiting: [it] }).suggestions;
    expect(one).toMatchObject({ act: 'open', path: `/w/w/posts/${uuid(1_010)}` });
  });

  it('is told together with the others of its channel', () => {
    const { suggestions } = suggest({
      ...quiet,
      goals: settled,
      channels: [channel(1)],
      waiting: [waiting(10), waiting(11, { fault: 'content-rejected' })],
    });
    expect(suggestions).toMatchObject([
      { count: 2, act: 'open', path: '/w/w/deliveries?show=decide', reason: null, deliveryId: null },
    ]);
  });

  it('is the channel’s matter when a new connection is what helps', () => {
    const { suggestions } = suggest({
      ...quiet,
      goals: settled,
      channels: [channel(1, { connection: 'credential-rejected', nextDueAt: inDays(1) })],
      waiting: [
        waiting(10, { state: 'held', heldReason: 'connection-broken', fault: null }),
        waiting(11, { fault: 'credential-rejected' }),
      ],
    });
    expect(suggestions).toMatchObject([
      { kind: 'channel-reconnect', count: 2, at: inDays(1).toISOString(), path: `/w/w/channels/${uuid(1)}` },
    ]);
  });
});

describe('a channel', () => {
  it('that ends before posts that are planned on it is a matter when the end is near', () => {
    const ending = (days: number) => channel(1, { ending: { endsAt: inDays(days), count: 3 }, nextDueAt: inDays(1) });
    expect(suggest({ ...quiet, goals: settled, channels: [ending(13)] }).suggestions).toMatchObject([
      { kind: 'channel-ending', count: 3, at: inDays(13).toISOString(), path: `/w/w/channels/${uuid(1)}` },
    ]);
    expect(kindsOf({ channels: [ending(15)] })).toEqual([]);
    expect(kindsOf({ channels: [{ ...ending(1), connection: 'credential-rejected' }] })).toEqual(['channel-reconnect']);
  });

  it('that was never connected is no matter until something is to go out on it', () => {
    const known = channel(1, { connection: 'not-connected' });
    expect(kindsOf({ channels: [known] })).toEqual([]);
    expect(kindsOf({ channels: [{ ...known, nextDueAt: inDays(2) }] })).toEqual(['channel-reconnect']);
  });

  it('that is broken with nothing to come can wait behind the goals', () => {
    expect(
      kindsOf({
        channels: [channel(1, { connection: 'credential-rejected' })],
        goals: [goal(1, { isServed: false })],
      }),
    ).toEqual(['goal-unserved', 'channel-reconnect']);
  });

  it.each([
    ['is going quiet by its cadence', { cadencePerWeek: 2, lastPublishedAt: inDays(-3) }, true],
    ['has its next post in time', { cadencePerWeek: 2, lastPublishedAt: inDays(-3), nextDueAt: inDays(1) }, false],
    ['posts every other week and did so yesterday', { cadencePerWeek: 0.5, lastPublishedAt: inDays(-1) }, false],
    ['has no cadence', { lastPublishedAt: inDays(-100) }, false],
    ['is not in use', { cadencePerWeek: 7, isActive: false }, false],
  ])('that %s', (_what, about, isTold) => {
    expect(kindsOf({ channels: [channel(1, about)] })).toEqual(isTold ? ['channel-quiet'] : []);
  });
});

describe('a goal', () => {
  it('that nothing to come serves is told, but not one that is reached or has not begun', () => {
    const figures = { status: 'reached' as const, value: 5, seen: 5, lookedAt: null };
    expect(kindsOf({ goals: [goal(1, { isServed: false })] })).toEqual(['goal-unserved']);
    expect(kindsOf({ goals: [goal(1, { isServed: false, figures })] })).toEqual([]);
    expect(kindsOf({ goals: [goal(1, { isServed: false, hasBegun: false })] })).toEqual([]);
  });

  it('that nothing to come serves leads to the draft that is ready for it', () => {
    const draft = { postId: uuid(7), excerpt: 'Rolls' };
    const { suggestions } = suggest({ ...quiet, goals: [goal(1, { isServed: false, draft })] });
    expect(suggestions).toMatchObject([
      {
        kind: 'goal-unserved',
        reason: 'draft',
        path: `/w/w/posts/${uuid(7)}`,
        names: { goal: 'Goal 1', post: 'Rolls' },
      },
    ]);
  });

  it('whose figures changed is told when nobody looked for a week', () => {
    const figures = { status: 'on-track' as const, value: 12, seen: 5, lookedAt: inDays(-8) };
    const { suggestions } = suggest({ ...quiet, goals: [goal(1, { figures })] });
    expect(suggestions).toMatchObject([{ kind: 'figures-unseen', figures: { from: 5, to: 12 }, reason: 'since' }]);
    expect(kindsOf({ goals: [goal(1, { figures: { ...figures, lookedAt: inDays(-6) } })] })).toEqual([]);
    expect(kindsOf({ goals: [goal(1, { figures: { ...figures, value: 5 } })] })).toEqual([]);
  });
});

describe('a new workspace', () => {
  const fresh = { goals: [], hasPage: false };

  it('is led to the interview, and to nothing else', () => {
    const interview = { state: 'not-begun' as const, answered: 0 };
    expect(kindsOf({ ...fresh, interview })).toEqual(['interview']);
  });

  it('is led to a first goal by who may not hold the interview, or has finished it', () => {
    const interview = { state: 'not-begun' as const, answered: 0 };
    expect(kindsOf({ ...fresh, interview, may: (operation) => operation === 'goals.create' })).toEqual(['goal-first']);
    expect(kindsOf(fresh)).toEqual(['goal-first', 'page-unopened']);
  });

  it('that found its way alone is not asked to begin again, but to go on where it began', () => {
    expect(kindsOf({ interview: { state: 'not-begun', answered: 0 } })).toEqual([]);
    expect(kindsOf({ interview: { state: 'under-way', answered: 2 } })).toEqual(['interview']);
  });
});

describe('the first draft', () => {
  const firstDraft = { postId: uuid(30), excerpt: 'The quietest hour', channelIds: [uuid(1)] };
  const begun: Partial<Morning> = {
    firstDraft,
    goals: [goal(1, { isServed: false, draft: { postId: uuid(30), excerpt: 'The quietest hour' } })],
    channels: [channel(1, { cadencePerWeek: 2 })],
  };

  it('comes first, and nothing beside it leads past it or says it a second time', () => {
    const { suggestions } = suggest({ ...quiet, ...begun });
    expect(suggestions).toMatchObject([
      { kind: 'draft-first', path: `/w/w/posts/${uuid(30)}`, names: { post: 'The quietest hour' } },
    ]);
    expect(kindsOf({ ...begun, goals: [goal(1, { yours: false })] })).toEqual(['draft-first', 'goal-proposed']);
  });

  it('leaves the way to writing open once it is gone', () => {
    expect(kindsOf({ ...begun, firstDraft: null, goals: [goal(1, { isServed: false })] })).toEqual([
      'goal-unserved',
      'channel-quiet',
    ]);
  });

  it('is not offered to who may not write', () => {
    expect(kindsOf({ ...begun, may: () => false })).toEqual([]);
  });
});

describe('what a goal needs', () => {
  it('is asked for until it is at hand, in one press where it is one thing', () => {
    const needy = (...needs: string[]) => suggest({ ...quiet, goals: [goal(1, { needs })] }).suggestions;
    expect(needy()).toEqual([]);
    expect(needy('A link')).toMatchObject([{ kind: 'goal-needs', act: 'have', count: 1, names: { need: 'A link' } }]);
    expect(needy('A link', 'Pictures')).toMatchObject([{ act: 'open', count: 2 }]);
  });

  it('is not asked for once the goal is reached without it', () => {
    const figures = { status: 'reached', value: 9, seen: 9, lookedAt: now } as const;
    expect(kindsOf({ goals: [goal(1, { needs: ['A link'], figures })] })).toEqual([]);
  });

  it('is not asked for while the goal is only proposed', () => {
    expect(kindsOf({ goals: [goal(1, { yours: false, needs: ['A link'] })] })).toEqual(['goal-proposed']);
  });
});
