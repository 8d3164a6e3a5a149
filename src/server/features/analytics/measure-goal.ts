import { type MetricId, metrics } from '#contract/metrics.ts';
import type { Goal } from '#contract/strategy.ts';
import { dayOf, mustFindGoal, shiftDay } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { componentsOf } from './figures.rules.ts';
import { findSubjects, type Subject } from './find-subjects.ts';
import { bookOf, type FigureBook } from './present-figures.ts';
import { listDaily, listFigures } from './reading-store.ts';
import type { DailyRow } from './tables.ts';
import { type Strand, type Woven, weave } from './weave.rules.ts';

/** A goal's figure with all it is made of. */
export interface Measure {
  goal: Goal;
  now: Date;
  today: string;
  subjects: Subject[];
  book: FigureBook;
  woven: Woven;
  /** Where the metric stood when the goal began, as far as it was measured: 0 for what adds up from its start. */
  measuredBaseline: number | null;
}

/**
 * Counts a goal's figure over its scope as it stood at the end of a day: of today unless one is named, of the deadline
 * when that is over. What came later belongs to no goal of that date.
 */
export async function measureGoal(
  house: House,
  tx: Tx,
  goalId: string,
  { on }: { on?: string | undefined } = {},
): Promise<Measure> {
  const goal = await mustFindGoal(tx, goalId);
  const zone = await getZone(tx);
  const now = await readClock(tx);
  const today = dayOf(now, zone);
  const [until = today] = [today, goal.deadlineOn, on ?? today].toSorted();
  const found = await findSubjects(house, tx, { goal, zone });
  const subjects = leaveOutUnable(goal, found);
  const figureIds = subjects.flatMap((subject) => subject.figureIds);
  const book = bookOf(await listFigures(tx, figureIds));
  const strands =
    goal.metric === 'posts-published'
      ? subjects.map((subject) => countAsOne(subject, zone))
      : strandsOf(
          goal,
          subjects,
          await listDaily(tx, { subjectIds: figureIds, metrics: componentsOf(goal.metric), until }),
        );
  const woven = weave(strands, { from: goal.startsOn, until });
  if (goal.metric === 'posts-published') knowEveryDay(woven, { from: goal.startsOn, until });
  return { goal, now, today, subjects, book, woven, measuredBaseline: baselineOf(goal, strands) };
}

/** Without channels named, only those count that the metric could be measured on; named ones stay, and say why not. */
function leaveOutUnable(goal: Goal, subjects: Subject[]): Subject[] {
  if (metrics[goal.metric].kind === 'sum-by-post' || goal.scope.channelIds) return subjects;
  const able = subjects.filter((s) => s.channel.manifest?.metrics.some((m) => m.metric === goal.metric));
  return able.length > 0 ? able : subjects;
}

function strandsOf(goal: Goal, subjects: readonly Subject[], rows: readonly DailyRow[]): Strand[] {
  const byFigure = Map.groupBy(rows, (row) => `${row.subject_id} ${row.metric}`);
  const strandOf = (subject: Subject, figureId: string, metric: MetricId): Strand | null => {
    const days = byFigure.get(`${figureId} ${metric}`);
    if (!days) return null;
    return {
      subject: subject.key,
      days: days.map((row) => ({ on: row.on_day, value: row.value })),
      ...beginningOf(goal, subject, days),
    };
  };
  return subjects.flatMap((subject) =>
    subject.figureIds.flatMap((id) =>
      componentsOf(goal.metric).flatMap((metric) => strandOf(subject, id, metric) ?? []),
    ),
  );
}

/**
 * Where a figure begins. A post begins at 0. A level begins at its first value on or after the goal's start, or at the
 * last one before where there is none since. A counter begins where it stood before the start; one that was never read
 * before began at 0 if it is our own page's, which is read from its opening on, else at its first value.
 */
function beginningOf(goal: Goal, subject: Subject, days: readonly DailyRow[]): Pick<Strand, 'opening' | 'zero'> {
  const since = days.find((row) => row.on_day >= goal.startsOn);
  const before = days.findLast((row) => row.on_day < goal.startsOn);
  switch (metrics[goal.metric].kind) {
    case 'sum-by-post':
      return { opening: 0, zero: 0 };
    case 'level':
      return { opening: since?.first_value ?? before?.value ?? 0, zero: 0 };
    case 'sum-by-day': {
      const own = subject.channel.manifest?.connect.kind === 'own';
      const zero = before?.value ?? (own ? 0 : (since?.first_value ?? 0));
      return { opening: zero, zero };
    }
  }
}

function baselineOf(goal: Goal, strands: readonly Strand[]): number | null {
  if (metrics[goal.metric].kind !== 'level') return 0;
  return strands.length === 0 ? null : strands.reduce((sum, strand) => sum + strand.opening, 0);
}

/** The ledger is our own: it is known on every day, and nothing in it is zero. */
function knowEveryDay(woven: Woven, { from, until }: { from: string; until: string }): void {
  const known = new Map(woven.points.map((point) => [point.on, point.value]));
  woven.points = [];
  let value = 0;
  for (let on = from; on <= until; on = shiftDay(on, 1)) {
    value = known.get(on) ?? value;
    woven.points.push({ on, value });
  }
  woven.value ??= 0;
}

/** A delivery as a figure of one from the day on which it went live. */
function countAsOne(subject: Subject, zone: string): Strand {
  const publishedAt = subject.parts?.[0]?.publishedAt;
  return {
    subject: subject.key,
    days: publishedAt ? [{ on: dayOf(publishedAt, zone), value: 1 }] : [],
    opening: 0,
    zero: 0,
  };
}
