import { may } from '#contract/policy.ts';
import type { today } from '#contract/today.ts';
import { listKnownChannels } from '#server/features/channels/index.ts';
import { findInterviewState, listIdeas } from '#server/features/onboarding/index.ts';
import { findPage } from '#server/features/page/index.ts';
import {
  findEndings,
  findReadyDraft,
  hasPosts,
  listDueDrafts,
  listWaiting,
} from '#server/features/publishing/index.ts';
import { dayOf } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { DAY_MS } from './morning.rules.ts';
import { readChannels } from './read-channels.ts';
import { readGoals } from './read-goals.ts';
import { readGoingOut } from './read-going-out.ts';
import { suggest } from './suggest.rules.ts';
import { listAside } from './today-store.ts';

/** What waited longer than that has become history (ours). */
const WAITS_MS = 30 * DAY_MS;
const OVERDUE_DRAFT_MS = 14 * DAY_MS;

/** The morning page: all of it in one transaction, as it stands now. */
export const getToday: Verb<typeof today.get> = (context) =>
  context.inWorkspace(async (tx) => {
    const { house, workspaceId, personId, role } = context;
    const now = await readClock(tx);
    const zone = await getZone(tx);
    const on = dayOf(now, zone);
    const known = await listKnownChannels(house, tx);
    const goals = await readGoals(house, tx, { now, on, zone });
    const goingOut = await readGoingOut(house, tx, { on, zone });
    const interview = await findInterviewState({ inWorkspace: (work) => work(tx) });
    const { suggestions, more } = suggest({
      workspaceId,
      now,
      interview,
      hasPage: (await findPage(tx)) !== null,
      channels: await readChannels(tx, known, await findEndings(house, tx)),
      waiting: await listWaiting(tx, { since: new Date(now.getTime() - WAITS_MS), limit: 200 }),
      drafts: await listDueDrafts(tx, {
        from: new Date(now.getTime() - OVERDUE_DRAFT_MS),
        to: new Date(now.getTime() + DAY_MS),
        limit: 20,
      }),
      firstDraft: interview.postId === null ? null : await findReadyDraft(tx, interview.postId),
      goals: goals.all,
      aside: await listAside(tx, personId),
      may: (operation) => may(role, operation),
    });
    return {
      on,
      now: now.toISOString(),
      suggestions,
      moreSuggestions: more,
      ideas: await listIdeas({ inWorkspace: (work) => work(tx), language: context.language }),
      ...goingOut,
      goals: goals.standing,
      moreGoals: goals.all.length - goals.standing.length,
      isNew: goals.all.length === 0 && known.length === 0 && !(await hasPosts(tx)),
    };
  });
