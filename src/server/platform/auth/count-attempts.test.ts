import { describe, expect, it } from 'vitest';
import { useDatabase } from '#test/database.ts';
import { countAttempts, forgiveAttempts } from './count-attempts.ts';
import { dropLinksOf, findLink, insertLink, lockLink, setToken, spendLink } from './link-store.ts';

const test = useDatabase();

describe('many sign-ins of one account at once', () => {
  it('wait for one another and never fail on our side', async () => {
    const limit = { attempts: 1_000_000, perSeconds: 900 };
    const keys = ['place|x', 'account-at|x', 'account|x'];
    const [, atPlace = ''] = keys;
    const count = () =>
      test.database.outside((tx) =>
        countAttempts(
          tx,
          keys.map((key) => ({ key, limit })),
        ),
      );
    const forgive = () => test.database.outside((tx) => forgiveAttempts(tx, { keys, wholly: [atPlace] }));
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => (i % 2 ? count() : forgive())));
    expect(outcomes.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual([]);
  });
});

describe('two links for one address that are used at once', () => {
  const make = (token: string) =>
    test.database.outside(async (tx) => {
      const about = { kind: 'reset-password', email: 'lan@bakery.example', language: 'en', name: null } as const;
      const id = await insertLink(tx, { ...about, origin: 'http://localhost:4400', password: null });
      const link = await lockLink(tx, id);
      if (link) await setToken(tx, link, token);
    });

  it('open once, and the other is spent', async () => {
    for (let round = 0; round < 8; round++) {
      await test.database.outside((tx) => dropLinksOf(tx, 'reset-password', 'lan@bakery.example'));
      const tokens = ['first', 'second', 'third', 'fourth'];
      for (const token of tokens) await make(token);
      const links = await Promise.all(
        tokens.map((token) => test.database.outside((tx) => findLink(tx, 'reset-password', token))),
      );
      const outcomes = await Promise.all(
        links.map((link) => test.database.outside(async (tx) => (link ? spendLink(tx, link) : null)).catch(String)),
      );
      expect(outcomes.sort()).toEqual([false, false, false, true]);
    }
  });
});
