import type { Fault } from './fault.ts';
import type { Stage } from './stage.ts';

const shapes = ['other-fields', 'wrong-types', 'html', 'truncated', 'huge', 'deep', 'empty', 'other-post'];

/** Each way of answering that does not say what was done. */
const falsehoods: { name: string; order: object }[] = [
  ...['fail-before', 'fail-after', 'drop-before', 'drop-after', 'reset-in-answer', 'blocked-after'].map((kind) => ({
    name: kind,
    order: { kind },
  })),
  ...['with-id', 'without-id', 'someone-elses'].map((form) => ({
    name: `duplicate-${form}`,
    order: { kind: 'duplicate', form },
  })),
  ...shapes.map((shape) => ({ name: `answer-${shape}`, order: { kind: 'changed-answer', shape } })),
  { name: 'slow-work', order: { kind: 'processing', asks: 1, ends: 'live' } },
  { name: 'failed-work', order: { kind: 'processing', asks: 0, ends: 'failed' } },
];

/** The network does one thing and says another; and what follows a send fails every time. */
export const falseAnswers: Fault = {
  name: 'F9',
  about: 'accepted and answered by 5xx, nonsense, a closed line or “duplicate”; what follows a send throws',
  weight: 3,
  async run(stage) {
    await Promise.all([answerFalsely(stage), breakWhatFollows(stage)]);
    await stage.untilAtRest(300_000);
  },
};

async function answerFalsely(stage: Stage): Promise<void> {
  const practice = await stage.openPractice();
  const ledger = await stage.openLedger({ database: 'answers' });
  stage.allow(ledger, { failed: ['content-rejected'] });
  const perKind = stage.sized({ small: 2, whole: 4 });
  const perAccount = stage.sized({ small: 2, whole: 8 });
  await ledger.startWorker();
  for (const { name, order } of falsehoods) {
    const accounts = await stage.openAccounts(name, perKind);
    await ledger.connect(accounts);
    for (const { handle } of accounts)
      await practice.misbehave(order, { account: handle, call: 'post', skip: 1, times: 2 });
    const overMs = stage.sized({ small: 4_000, whole: 20_000 });
    await ledger.schedule(accounts, { label: `F9 ${name}`, count: perKind * perAccount, inMs: 500, overMs });
  }
  // Threads, and many posts of one channel at one instant.
  const others = await stage.openAccounts('threads', perKind);
  const one = await stage.openAccounts('one', 1);
  await ledger.connect([...others, ...one]);
  for (const { handle } of others)
    await practice.misbehave({ kind: 'drop-after' }, { account: handle, call: 'post', skip: 1, times: 3 });
  await ledger.schedule(others, { label: 'F9 thread', count: perKind, parts: 3, inMs: 500 });
  await ledger.schedule(one, {
    label: 'F9 at once',
    count: stage.sized({ small: 10, whole: 50 }),
    inMs: 500,
  });
}

/** The audit log cannot be written to for half a minute: whoever hears of a publication throws, each time again. */
async function breakWhatFollows(stage: Stage): Promise<void> {
  const ledger = await stage.openLedger({ database: 'followers' });
  await ledger.ask(`CREATE FUNCTION faults.throw() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what follows a send fails'; END $$`);
  await ledger.ask('CREATE TRIGGER fail BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION faults.throw()');
  const accounts = await stage.openAccounts('followers', stage.sized({ small: 4, whole: 20 }));
  await ledger.connect(accounts);
  const count = stage.sized({ small: 20, whole: 160 });
  await ledger.schedule(accounts, { label: 'F9 followers', count, inMs: 500, overMs: 10_000 });
  const worker = await ledger.startWorker();
  if (!(await ledger.untilAtRest(120_000))) stage.complain('posts waited for what follows a send');
  if (!worker.output().includes('what follows a send fails')) stage.complain('nothing that follows a send failed');
  await ledger.ask('DROP TRIGGER fail ON audit_entry');
}
