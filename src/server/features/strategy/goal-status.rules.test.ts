import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayPoint, findReachedDay, type GoalCourse, judgeGoal, resolveTarget } from './goal-status.rules.ts';
import { shiftDay } from './local-days.rules.ts';

const start = '2026-03-01';
const course = (more: Partial<GoalCourse>): GoalCourse => ({
  better: 'up',
  origin: 0,
  target: 100,
  startsOn: start,
  deadlineOn: shiftDay(start, 99),
  today: shiftDay(start, 20),
  points: [],
  nothingToMeasure: false,
  ...more,
});
const line = (days: number, perDay: number, from = 0): DayPoint[] =>
  Array.from({ length: days }, (_, i) => ({ on: shiftDay(start, i), value: from + i * perDay }));

describe('the status of a goal', () => {
  it('is not-enough-data without a figure, before and after the deadline', () => {
    expect(judgeGoal(course({})).status).toBe('not-enough-data');
    expect(judgeGoal(course({ today: shiftDay(start, 100) })).status).toBe('not-enough-data');
  });

  it('is missed after the deadline when there was nothing that could have been measured', () => {
    expect(judgeGoal(course({ today: shiftDay(start, 100), nothingToMeasure: true })).status).toBe('missed');
  });

  it('is not-enough-data with two measured days, and says so with three', () => {
    const today = shiftDay(start, 2);
    expect(judgeGoal(course({ today, points: line(2, 1) })).status).toBe('not-enough-data');
    expect(judgeGoal(course({ today, points: line(3, 2) })).status).toBe('on-track');
  });

  it('is at-risk when it is behind and its pace does not get it there', () => {
    const judged = judgeGoal(course({ points: line(21, 0.5) }));
    expect(judged).toMatchObject({ status: 'at-risk', share: 0.1 });
    expect(judged.perDay).toBeCloseTo(0.5, 9);
    expect(judged.projected).toBeCloseTo(10 + 0.5 * 79, 9);
  });

  it('is on-track when it is behind the straight line but its pace of late gets it there', () => {
    const points = [
      ...line(7, 0),
      ...line(21, 2)
        .slice(7)
        .map((p) => ({ ...p, value: p.value - 14 })),
    ];
    expect(judgeGoal(course({ points, target: 180 })).status).toBe('on-track');
  });

  it('is on-track when it is ahead of the straight line although it has stood still', () => {
    expect(judgeGoal(course({ points: line(21, 0, 60) })).status).toBe('on-track');
  });

  it('does not take figures older than two weeks for a trend', () => {
    const judged = judgeGoal(course({ today: shiftDay(start, 60), points: line(21, 1) }));
    expect(judged).toMatchObject({ status: 'not-enough-data', perDay: null, projected: null });
  });

  it('turns the direction round where less is better', () => {
    const down = { better: 'down', origin: 100, target: 50 } as const;
    expect(judgeGoal(course({ ...down, points: line(21, -3, 100) })).status).toBe('reached');
    expect(judgeGoal(course({ ...down, points: line(21, 1, 100) })).status).toBe('at-risk');
  });

  it('is missed only when the last known figure falls short after the deadline', () => {
    const today = shiftDay(start, 100);
    expect(judgeGoal(course({ today, points: line(100, 1) })).status).toBe('missed');
    expect(judgeGoal(course({ today, points: line(101, 1).slice(1) })).status).toBe('reached');
  });
});

describe('for any course', () => {
  const anyPoints = fc
    .uniqueArray(fc.record({ day: fc.nat(99), value: fc.integer({ min: 0, max: 1_000 }) }), {
      selector: (p) => p.day,
      maxLength: 40,
    })
    .map((ps) => ps.toSorted((a, b) => a.day - b.day).map((p) => ({ on: shiftDay(start, p.day), value: p.value })));
  const anyCourse = fc.record({
    points: anyPoints,
    target: fc.integer({ min: 1, max: 1_000 }),
    todayDay: fc.integer({ min: 0, max: 150 }),
  });
  const judge = ({ points, target, todayDay }: { points: DayPoint[]; target: number; todayDay: number }) => {
    const today = shiftDay(start, todayDay);
    const known = points.filter((p) => p.on <= today);
    return { judged: judgeGoal(course({ points: known, target, today })), last: known.at(-1)?.value ?? null, today };
  };

  it('is reached exactly when the last figure meets the target', () => {
    fc.assert(
      fc.property(anyCourse, (c) => {
        const { judged, last } = judge(c);
        expect(judged.status === 'reached').toBe(last !== null && last >= c.target);
      }),
    );
  });

  it('is missed never before the deadline is over, and on-track or at-risk never after', () => {
    fc.assert(
      fc.property(anyCourse, (c) => {
        const { judged, today } = judge(c);
        const over = today > shiftDay(start, 99);
        if (judged.status === 'missed') expect(over).toBe(true);
        if (judged.status === 'on-track' || judged.status === 'at-risk') expect(over).toBe(false);
      }),
    );
  });

  it('does not stand worse when the last figure is higher', () => {
    const order = ['at-risk', 'on-track', 'reached'];
    fc.assert(
      fc.property(anyCourse, fc.integer({ min: 0, max: 500 }), (c, more) => {
        const before = judge(c).judged.status;
        const last = c.points.filter((p) => p.on <= shiftDay(start, c.todayDay)).at(-1);
        const points = c.points.map((p) => (p === last ? { ...p, value: p.value + more } : p));
        const after = judge({ ...c, points }).judged.status;
        if (order.includes(before)) expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });

  it('projects a straight line to where it leads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 14 }), fc.integer({ min: 0, max: 50 }), (days, perDay) => {
        const judged = judgeGoal(
          course({ target: 1_000_000, today: shiftDay(start, days - 1), points: line(days, perDay) }),
        );
        expect(judged.projected).toBeCloseTo(99 * perDay, 6);
      }),
    );
  });
});

describe('a relative target', () => {
  it('says "+15 %" and "twice" exactly', () => {
    expect(resolveTarget({ kind: 'relative', percent: 15 }, 200)).toBe(230);
    expect(resolveTarget({ kind: 'relative', percent: 100 }, 1_234)).toBe(2_468);
  });

  it('is not known without a baseline, nor with one of zero', () => {
    expect(resolveTarget({ kind: 'relative', percent: 15 }, null)).toBeNull();
    expect(resolveTarget({ kind: 'relative', percent: 15 }, 0)).toBeNull();
  });
});

it('names the first day on which the target was met', () => {
  expect(findReachedDay(line(10, 1), 4, 'up')).toBe(shiftDay(start, 4));
  expect(findReachedDay(line(10, 1), 40, 'up')).toBeNull();
  expect(findReachedDay(line(10, -1, 10), 7, 'down')).toBe(shiftDay(start, 3));
});
