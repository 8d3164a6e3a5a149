import { type BlueskyServer, startBluesky } from '#test/servers/bluesky/index.ts';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { type DatabaseServer, startOwnServer } from './database-server.ts';
import { type Allowance, addTallies, judge, type Tally } from './judge.ts';
import { type NetworkAccount, openPracticeAccount, type PracticeKind } from './network-account.ts';
import { type Ledger, type LedgerOptions, openLedger } from './open-ledger.ts';

/** How much of it is run: for a look while working, as a whole, or for an hour. */
export type Size = 'small' | 'whole' | 'soak';

/** What one fault is run on. All that is opened here is judged by `judgeAll` and closed by `close`. */
export interface Stage {
  size: Size;
  /** The figure for this size; an hour has those of the whole unless it has its own. */
  sized<T>(sizes: { small: T; whole: T; soak?: T }): T;
  say(line: string): void;
  /** Something is not as it must be: the fault does not pass. */
  complain(line: string): void;
  /** Opens a ledger; on the embedded database of the stage unless a server is given. */
  openLedger(options?: Partial<LedgerOptions> & { server?: DatabaseServer }): Promise<Ledger>;
  /** What may be left of a ledger besides what is published. */
  allow(ledger: Ledger, may: Allowance): void;
  /** The practice network of the stage. */
  openPractice(): Promise<PracticeServer>;
  openBluesky(): Promise<BlueskyServer>;
  /** Practice accounts, all of one kind or half of each. */
  openAccounts(
    name: string,
    count: number,
    about?: { kind?: PracticeKind; through?: string },
  ): Promise<NetworkAccount[]>;
  /** Waits until every ledger is at rest; complains where one does not come to it. */
  untilAtRest(withinMs: number): Promise<void>;
  onEnd(undo: () => unknown): void;
  judgeAll(): Promise<{ tally: Tally; complaints: string[] }>;
  close(): Promise<void>;
}

/** Opens an empty stage. */
export function openStage({ size, say }: { size: Size; say(line: string): void }): Stage {
  const undo: (() => unknown)[] = [];
  const ledgers: Ledger[] = [];
  const allowances = new Map<Ledger, Allowance>();
  const complaints: string[] = [];
  let own: Promise<DatabaseServer> | undefined;
  let practice: Promise<PracticeServer> | undefined;
  let bluesky: Promise<BlueskyServer> | undefined;
  const keep = async <T extends object>(opening: Promise<T>, end: (opened: T) => unknown): Promise<T> => {
    const opened = await opening;
    undo.push(() => end(opened));
    return opened;
  };
  const stage: Stage = {
    size,
    sized: (sizes) => sizes[size] ?? sizes.whole,
    say,
    complain(line) {
      complaints.push(line);
      say(`! ${line}`);
    },
    async openLedger({ database = 'goalpost', server, ...rest } = {}) {
      own ??= server ? undefined : keep(startOwnServer(), (it) => it.stop());
      const on = server ?? (await own);
      if (!on) throw new Error('there is no server for the ledger');
      const ledger = await keep(openLedger(on, { database, ...rest }), (it) => it.close());
      ledgers.push(ledger);
      return ledger;
    },
    allow: (ledger, may) => void allowances.set(ledger, may),
    openPractice() {
      practice ??= keep(startPractice(), (it) => it.stop());
      return practice;
    },
    openBluesky() {
      bluesky ??= keep(startBluesky(), (it) => it.stop());
      return bluesky;
    },
    async openAccounts(name, count, { kind, ...about } = {}) {
      const network = await stage.openPractice();
      return Promise.all(
        Array.from({ length: count }, (_, n) =>
          openPracticeAccount(network, {
            handle: `${name}-${n}`,
            kind: kind ?? (n % 2 === 0 ? 'keyed' : 'keyless'),
            ...about,
          }),
        ),
      );
    },
    async untilAtRest(withinMs) {
      const rested = await Promise.all(ledgers.map((ledger) => ledger.untilAtRest(withinMs)));
      if (!rested.every(Boolean)) stage.complain(`not at rest after ${Math.round(withinMs / 1_000)} s`);
    },
    onEnd: (work) => void undo.push(work),
    async judgeAll() {
      const verdicts = await Promise.all(
        ledgers.map(async (ledger) => {
          const [rows, accepted] = [await ledger.readRows(), await ledger.readAccepted()];
          const may = allowances.get(ledger);
          return judge({ planned: ledger.planned, rows, accepted, ...(may ? { may } : {}) });
        }),
      );
      const leaks = ledgers.flatMap((ledger) => ledger.findLeaks()).map((secret) => `a worker printed ${secret}`);
      const all = [...complaints, ...leaks, ...verdicts.flatMap((verdict) => verdict.complaints)];
      const tally = addTallies(verdicts.map((verdict) => verdict.tally));
      return { tally: { ...tally, pass: tally.pass && all.length === 0 }, complaints: all };
    },
    async close() {
      for (const work of undo.splice(0).reverse()) {
        try {
          await work();
        } catch (error) {
          say(`could not be put away: ${String(error)}`);
        }
      }
    },
  };
  return stage;
}
