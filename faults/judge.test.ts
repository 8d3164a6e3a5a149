import { describe, expect, it } from 'vitest';
import { type Accepted, type Allowance, addTallies, type JudgedRow, judge } from './judge.ts';

const dueAt = new Date('2026-11-23T07:00:00Z');
const rowOf = (more: Partial<JudgedRow>): JudgedRow => ({
  id: 'd1',
  text: 'Loaf 1',
  state: 'published',
  heldReason: null,
  fault: null,
  remoteId: 'p1',
  told: false,
  everUnconfirmed: false,
  dueAt,
  ...more,
});
const there = (id = 'p1'): Accepted => ({ text: 'Loaf 1', id, at: new Date(dueAt.getTime() + 250) });

const judgeOne = (row: Partial<JudgedRow> | null, accepted: Accepted[], may?: Allowance) =>
  judge({
    planned: new Map([['d1', 'Loaf 1']]),
    rows: row ? [rowOf(row)] : [],
    accepted,
    ...(may ? { may } : {}),
  });

describe('the judge', () => {
  it('is content with one post that is there under the id that is told', () => {
    const { tally, complaints } = judgeOne({ everUnconfirmed: true }, [there()]);
    expect(complaints).toEqual([]);
    expect(tally).toMatchObject({ scheduled: 1, published: 1, everUnconfirmed: 1, lateMaxMs: 250, pass: true });
  });

  it('counts what is there twice, whatever the ledger says', () => {
    for (const state of ['published', 'unconfirmed', 'held', 'scheduled']) {
      const { tally } = judgeOne({ state, told: true, heldReason: 'new-history' }, [there(), there('p2')], {
        held: ['new-history'],
      });
      expect(tally, state).toMatchObject({ duplicates: 1, pass: false });
    }
  });

  it.each<[string, Partial<JudgedRow> | null, Accepted[]]>([
    ['published and not there', {}, []],
    ['published as another post', { remoteId: 'p7' }, [there()]],
    ['failed and there', { state: 'failed', fault: 'content-rejected' }, [there()]],
    ['failed without a reason', { state: 'failed' }, []],
    ['failed for a reason that does not belong here', { state: 'failed', fault: 'contract-broken' }, []],
    ['held and there', { state: 'held', heldReason: 'late' }, [there()]],
    ['held for a reason that does not belong here', { state: 'held', heldReason: 'crisis' }, []],
    ['unconfirmed and nobody told', { state: 'unconfirmed' }, []],
    ['still scheduled', { state: 'scheduled' }, []],
    ['still armed', { state: 'armed' }, [there()]],
    ['gone', null, []],
  ])('calls missed what is %s', (_what, row, accepted) => {
    const { tally, complaints } = judgeOne(row, accepted, { held: ['late'], failed: ['content-rejected'] });
    expect(tally).toMatchObject({ missed: 1, pass: false });
    expect(complaints).toHaveLength(1);
  });

  it('lets stand what is held or failed for a reason that belongs to the fault', () => {
    const may = { held: ['late'], failed: ['content-rejected'] };
    expect(judgeOne({ state: 'held', heldReason: 'late' }, [], may).tally).toMatchObject({ held: 1, pass: true });
    const failed = judgeOne({ state: 'failed', fault: 'content-rejected' }, [], may);
    expect(failed.tally).toMatchObject({ failed: 1, pass: true });
  });

  it('lets a new history hold what may be there', () => {
    const row = { state: 'held', heldReason: 'new-history' };
    expect(judgeOne(row, [there()], { held: ['new-history'] }).tally).toMatchObject({ held: 1, missed: 0, pass: true });
  });

  it('lets one in a hundred be left to a person who was told, and no more', () => {
    const planned = new Map(Array.from({ length: 100 }, (_, n) => [`d${n}`, `Loaf ${n}`]));
    const leave = (left: number) => {
      const rows = [...planned].map(([id, text], n) =>
        rowOf({ id, text, ...(n < left ? { state: 'unconfirmed', told: true } : {}) }),
      );
      const accepted = [...planned.values()].slice(left).map((text) => ({ text, id: 'p1', at: null }));
      return judge({ planned, rows, accepted }).tally;
    };
    expect(leave(1)).toMatchObject({ unconfirmed: 1, pass: true });
    expect(leave(2)).toMatchObject({ unconfirmed: 2, pass: false });
  });

  it('adds up figures, and passes nothing where one did not pass or nothing was run', () => {
    const good = judgeOne({}, [there()]).tally;
    const bad = judgeOne({}, []).tally;
    expect(addTallies([good, good])).toMatchObject({ scheduled: 2, published: 2, pass: true });
    expect(addTallies([good, bad])).toMatchObject({ scheduled: 2, missed: 1, pass: false });
    expect(addTallies([]).pass).toBe(false);
  });
});
