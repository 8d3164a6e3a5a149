import { randomBytes } from 'node:crypto';
import { type PageServer, startPages } from '#test/servers/page/index.ts';
import type { AccountCall } from '../kit/contract.ts';
import type { ConformanceSubject, KnownError, SubjectAccount } from '../kit/testing/conformance/index.ts';
import { makePart } from '../kit/testing/index.ts';
import { createPageConnector, type PageStore } from './index.ts';

/** The own page over its real store and database, and its public face. */
export const subject: ConformanceSubject = {
  network: 'page',
  async open() {
    const pages = await startPages();
    const connector = createPageConnector(pages.store);
    const losingAnswers = createPageConnector(afterwards(pages.store));
    return {
      connector,
      losingAnswers,
      kinds: ['own'],
      openAccount: (_kind, { name }) => openAccount(pages, name),
      knownErrors: knownErrorsOf(pages.store),
      visit: pages.visit,
      figuresLagMs: 0,
      stop: pages.stop,
    };
  },
};

async function openAccount(pages: PageServer, name: string): Promise<SubjectAccount> {
  const { pageId, address, list } = await pages.openPage(name);
  const account = {
    remoteId: pageId,
    handle: address,
    name,
    address: `https://goalpost.test/p/${address}`,
    server: null,
  };
  return {
    entry: { connected: { account, credential: null, expiresAt: null, scopes: [] } },
    async listPublic() {
      return (await list()).map(({ id, text, thread_id, position, media, link }) => ({
        remoteId: id,
        text,
        alts: media.map(({ alt }) => alt),
        link: link?.url ?? null,
        above: position > 0 ? thread_id : null,
      }));
    },
    async engage(remoteId) {
      const stored = await pages.store.find(pageId, remoteId);
      for (let times = 0; times < 2; times += 1) await pages.visit(stored?.address ?? '');
      await pages.flush();
      return { figures: { 'post-views': 2 }, acts: [] };
    },
  };
}

/** The store with a database that goes away as soon as the insert is done. */
const afterwards = (store: PageStore): PageStore => ({
  ...store,
  async publish(pageId, entry, beforeWrite) {
    await store.publish(pageId, entry, beforeWrite);
    throw new Error('The connection ended.');
  },
});

const allowed = { beforeWrite: (): void => undefined };

function knownErrorsOf(store: PageStore): KnownError[] {
  const sendWith = (changed: PageStore, change: (call: AccountCall) => AccountCall) => async (call: AccountCall) => {
    const prepared = await createPageConnector(store).publish.prepare(call, makePart());
    if (!prepared.ok) return prepared;
    return createPageConnector(changed).publish.send(change(call), prepared.value, allowed);
  };
  const asIs = (call: AccountCall) => call;
  const nowhere = (call: AccountCall) => ({
    ...call,
    account: { ...call.account, remoteId: '00000000-0000-4000-8000-000000000000' },
  });
  const down = () => Promise.reject(new Error('The database does not answer.'));
  return [
    { row: 'there is no such page (any more)', from: sendWith(store, nowhere) },
    { row: 'the database fails before the insert', from: sendWith({ ...store, publish: down }, asIs) },
    { row: 'it fails once the insert went out', from: sendWith(afterwards(store), asIs) },
    {
      row: 'the key holds other words',
      from: async (call) => {
        const { publish } = createPageConnector(store);
        const seed = randomBytes(16).toString('hex');
        const first = await publish.prepare(call, makePart({ seed, text: 'First' }));
        const second = await publish.prepare(call, makePart({ seed, text: 'Second' }));
        if (!first.ok || !second.ok) throw new Error('Nothing was prepared.');
        await publish.send(call, first.value, allowed);
        return publish.send(call, second.value, allowed);
      },
      expect: { reached: 'unknown' },
    },
    {
      row: 'a correction of what was taken down',
      during: 'correct',
      from: (call) => {
        const { correct } = createPageConnector(store).publish;
        if (!correct) throw new Error('It cannot correct.');
        return correct(call, 'f'.repeat(32), makePart());
      },
      expect: { field: 'gone' },
    },
    {
      row: 'a part over a limit',
      from: (call) => createPageConnector(store).publish.prepare(call, makePart({ text: 'x'.repeat(5_001) })),
      expect: { field: 'text', reason: 'too-long' },
    },
  ];
}
