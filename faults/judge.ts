/** One delivery part as the ledger of Goalpost has it. */
export interface JudgedRow {
  id: string;
  text: string;
  state: string;
  heldReason: string | null;
  /** Kind of the fault that is kept on it. */
  fault: string | null;
  remoteId: string | null;
  told: boolean;
  /** It was unconfirmed at some time. */
  everUnconfirmed: boolean;
  dueAt: Date;
}

/** Something that a network accepted, as its own ledger has it. */
export interface Accepted {
  text: string;
  id: string;
  at: Date | null;
}

/** What may be left of a fault besides published deliveries. */
export interface Allowance {
  /** Reasons for which deliveries may be held. */
  held?: readonly string[];
  /** Kinds of fault with which deliveries may have failed. */
  failed?: readonly string[];
}

/** The figures of one fault or of all. */
export interface Tally {
  scheduled: number;
  published: number;
  failed: number;
  held: number;
  /** Posts on a network beyond the one that was wanted. */
  duplicates: number;
  /** Neither there nor explained: in no state that says what became of it, or in one that lies. */
  missed: number;
  /** Left at the end, and a person was told. */
  unconfirmed: number;
  everUnconfirmed: number;
  /** From due to accepted. */
  lateP50Ms: number;
  lateP99Ms: number;
  lateMaxMs: number;
  pass: boolean;
}

/** At most this share of the deliveries may be left to a person at the end. */
const MOST_UNCONFIRMED = 0.01;

/**
 * Holds what was scheduled against what Goalpost says and what the networks accepted. The networks are believed: a
 * published delivery that is not there, and a failed one that is, are missed however well they are explained.
 */
export function judge({
  planned,
  rows,
  accepted,
  may = {},
}: {
  /** Id and words of every part that was scheduled; a row that is gone is missed. */
  planned: ReadonlyMap<string, string>;
  rows: readonly JudgedRow[];
  accepted: readonly Accepted[];
  may?: Allowance;
}): { tally: Tally; complaints: string[] } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byText = Map.groupBy(accepted, ({ text }) => text);
  const count = { published: 0, failed: 0, held: 0, duplicates: 0, missed: 0, unconfirmed: 0, everUnconfirmed: 0 };
  const complaints: string[] = [];
  const late: number[] = [];
  for (const [id, text] of planned) {
    const there = byText.get(text) ?? [];
    const row = byId.get(id);
    count.duplicates += Math.max(0, there.length - 1);
    if (there.length > 1) complaints.push(`"${text}" is there ${there.length} times`);
    if (row?.everUnconfirmed) count.everUnconfirmed += 1;
    const lie = row ? findLie(row, there, may) : 'is gone from the ledger';
    if (lie !== null) {
      count.missed += 1;
      complaints.push(`"${text}" ${lie}`);
    } else if (row && isCounted(row.state)) count[row.state] += 1;
    const at = there[0]?.at;
    if (row && at) late.push(Math.max(0, at.getTime() - row.dueAt.getTime()));
  }
  const scheduled = planned.size;
  const pass = complaints.length === 0 && count.unconfirmed <= scheduled * MOST_UNCONFIRMED;
  if (count.unconfirmed > scheduled * MOST_UNCONFIRMED)
    complaints.push(`${count.unconfirmed} of ${scheduled} are left to a person`);
  late.sort((one, other) => one - other);
  const lateAt = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
  return {
    tally: { scheduled, ...count, lateP50Ms: lateAt(0.5), lateP99Ms: lateAt(0.99), lateMaxMs: lateAt(1), pass },
    complaints,
  };
}

/** What is wrong with what the row says, or null. */
function findLie(row: JudgedRow, there: readonly Accepted[], may: Allowance): string | null {
  switch (row.state) {
    case 'published':
      if (there.length === 0) return 'is called published and is not there';
      return there.some(({ id }) => id === row.remoteId) ? null : `is called published as ${row.remoteId}`;
    case 'failed':
      if (there.length > 0) return `is called failed (${row.fault}) and is there`;
      return row.fault !== null && may.failed?.includes(row.fault) ? null : `failed: ${row.fault}`;
    case 'held':
      // After a new history Goalpost does not know and says so; a person looks.
      if (there.length > 0 && row.heldReason !== 'new-history') return `is held (${row.heldReason}) and is there`;
      return row.heldReason !== null && may.held?.includes(row.heldReason) ? null : `is held: ${row.heldReason}`;
    case 'unconfirmed':
      return row.told ? null : 'is unconfirmed and nobody was told';
    default:
      return `is still ${row.state}`;
  }
}

const isCounted = (state: string): state is 'published' | 'failed' | 'held' | 'unconfirmed' =>
  ['published', 'failed', 'held', 'unconfirmed'].includes(state);

/** The figures of several together. Times are the worst of them. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0);
  const most = (pick: (tally: Tally) => number) => tallies.reduce((worst, tally) => Math.max(worst, pick(tally)), 0);
  return {
    scheduled: sum((it) => it.scheduled),
    published: sum((it) => it.published),
    failed: sum((it) => it.failed),
    held: sum((it) => it.held),
    duplicates: sum((it) => it.duplicates),
    missed: sum((it) => it.missed),
    unconfirmed: sum((it) => it.unconfirmed),
    everUnconfirmed: sum((it) => it.everUnconfirmed),
    lateP50Ms: most((it) => it.lateP50Ms),
    lateP99Ms: most((it) => it.lateP99Ms),
    lateMaxMs: most((it) => it.lateMaxMs),
    pass: tallies.length > 0 && tallies.every((it) => it.pass),
  };
}
