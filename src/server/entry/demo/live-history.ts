import type { Language } from '#contract/terms.ts';
import { AHEAD_DAYS, correctedText, HISTORY_DAYS, type PlannedPost, planPosts } from './cafe-plan.ts';
import { type CafeWords, cafeZones } from './cafe-words.ts';
import { actOnDay, type LivePost, noise } from './crowd.ts';
import { type Cafe, furnishCafe } from './furnish-cafe.ts';
import { calmly, incidents } from './incidents.ts';
import type { Client, MovedHouse } from './moved-house.ts';

/** How far the making of a café has come, 0 to 1. */
export type OnProgress = (share: number) => void;

/**
 * Lives the three months of a café: opens it, writes and schedules its posts week by week, lets the town answer, and has
 * everything that goes wrong go wrong. Ends at the real time, with the calendar of two weeks to come.
 */
export async function liveHistory(
  house: MovedHouse,
  {
    language,
    words,
    owner,
    onProgress,
  }: { language: Language; words: CafeWords; owner: { email: string; password: string }; onProgress: OnProgress },
): Promise<void> {
  const zone = cafeZones[language];
  const today = Temporal.Now.zonedDateTimeISO(zone).startOfDay();
  const first = today.subtract({ days: HISTORY_DAYS });
  const firstWeekday = first.dayOfWeek - 1;
  const at = (day: number, time: string): Date => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const when = first.add({ days: day }).withPlainTime({ hour, minute });
    return new Date(when.epochMilliseconds);
  };
  const dateOf = (day: number): string => first.add({ days: day }).toPlainDate().toString();

  await house.moveTo(at(0, '06:00'));
  const client = await house.signUp({ ...owner, name: words.owner, language });
  const cafe = await furnishCafe(house, { client, language, zone, words, dateOf });
  const planned: WrittenPost[] = planPosts(words, firstWeekday);
  const live: LivePost[] = [];
  let written = 0;
  for (let day = 0; day <= HISTORY_DAYS; day += 1) {
    onProgress(day / (HISTORY_DAYS + 1));
    await house.moveTo(at(day, '06:30'));
    if ((firstWeekday + day) % 7 === 0 || day === 0) {
      for (; (planned[written]?.day ?? Number.POSITIVE_INFINITY) < day + 7; written += 1)
        await schedule(cafe, planned[written], { at: dateOf, language });
    }
    if (day === HISTORY_DAYS) await planAhead();
    for (const post of planned.filter((it) => it.day === day && it.id !== undefined)) {
      const due = at(day, post.time);
      if (due.getTime() > Date.now() - 120_000) continue;
      const isLive = await (incidents[post.incident ?? 'none'] ?? calmly)(
        { house, cafe, due, correction: correctedText(words, day, firstWeekday) },
        post.id ?? '',
      );
      live.push(...(await findLive(cafe, post, isLive)));
    }
    await endDay(day);
  }
  await house.moveTo(new Date());
  await setLateGoal();
  onProgress(1);

  async function endDay(day: number): Promise<void> {
    await house.moveTo(at(day, '20:30'));
    await house.settle();
    await house.switches.do('crowd', actOnDay(live, day, { ...words, language }));
    await visitPage(day);
    // Figures are looked at every day of the last weeks; before that every third day tells as much.
    if (day % 3 === 0 || day > HISTORY_DAYS - 28) await house.runDaily();
  }

  async function visitPage(day: number): Promise<void> {
    const visits = 2 + Math.round(day / 16 + noise(day) * 3);
    for (let visit = 0; visit < visits; visit += 1) await house.visit(`/p/${words.address}`);
  }

  async function planAhead(): Promise<void> {
    for (; written < planned.length; written += 1) await schedule(cafe, planned[written], { at: dateOf, language });
    await writeDrafts(cafe, language, dateOf(HISTORY_DAYS + AHEAD_DAYS + 1));
  }

  /** A goal so young that nothing can be said of it. */
  async function setLateGoal(): Promise<void> {
    await client.goals.create({
      workspaceId: cafe.workspaceId,
      title: words.goals.clicks,
      metric: 'page-link-clicks',
      target: { kind: 'number', value: 60 },
      startsOn: dateOf(HISTORY_DAYS),
      deadlineOn: dateOf(HISTORY_DAYS + 60),
    });
  }
}

/** A post of the plan that stands in the café's calendar. */
type WrittenPost = PlannedPost & { id?: string };

async function schedule(
  { client, workspaceId, channels, goals, initiatives, zone }: Cafe,
  post: WrittenPost | undefined,
  { at, language }: { at: (day: number) => string; language: Language },
): Promise<void> {
  if (!post) return;
  const content = shapeContent(post.text, post.firstComment);
  const { serves } = post;
  const draft = await client.posts.create({
    workspaceId,
    content,
    language,
    pillar: post.pillar,
    serves:
      serves === 'talk' || serves === 'visits'
        ? { kind: 'goal', goalId: goals[serves] }
        : { kind: 'initiative', initiativeId: initiatives[serves] },
    variants: post.on.map((name) => ({ channelId: channels[name] })),
  });
  const planned = { local: `${at(post.day)}T${post.time}`, zone };
  await client.posts.schedule({ workspaceId, postId: draft.id, revision: draft.revision, at: planned });
  post.id = draft.id;
}

async function writeDrafts({ client, workspaceId, channels, words, zone }: Cafe, language: Language, on: string) {
  const draft = (text: string, more: Partial<Parameters<Client['posts']['create']>[0]> = {}) =>
    client.posts.create({ workspaceId, content: shapeContent(text, null), language, ...more });
  await draft(words.drafts.menu, {
    variants: [{ channelId: channels.square }, { channelId: channels.page }],
    pillar: 'news',
    plannedFor: { local: `${on}T09:00`, zone },
  });
  await draft(words.drafts.music, { variants: [{ channelId: channels.lane }], pillar: 'engage' });
  await draft(words.drafts.help);
}

const shapeContent = (text: string, firstComment: string | null) => ({
  parts: [{ text, media: [], link: null }],
  ...(firstComment === null ? {} : { firstComment }),
});

/** Where a post stands on the practice network now. */
async function findLive(cafe: Cafe, post: WrittenPost, isLive: boolean): Promise<LivePost[]> {
  if (!isLive || post.id === undefined) return [];
  const { deliveries } = await cafe.client.posts.get({ workspaceId: cafe.workspaceId, postId: post.id });
  return (['square', 'lane'] as const).flatMap((handle) => {
    const delivery = deliveries.find((it) => it.channelId === cafe.channels[handle]);
    const id = /\/posts\/(p\d+)$/.exec(delivery?.address ?? '')?.[1];
    return id === undefined
      ? []
      : [{ post: id, handle, day: post.day, draw: post.draw, asks: post.pillar === 'engage' }];
  });
}
