import { expect, test } from 'vitest';
import { contract } from '#contract/index.ts';
import { mayKeep } from './kept-reading.ts';

const operations = Object.entries(contract).flatMap(([group, each]) =>
  Object.entries(each as Record<string, { '~orpc': { route: { method?: string } } }>).map(([name, operation]) => ({
    name: `${group}.${name}`,
    isRead: operation['~orpc'].route.method === 'GET',
  })),
);

test('what is kept on a device is exactly this, and every new operation is left out until someone decides', () => {
  expect(operations.filter(({ name }) => mayKeep(name)).map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "me.get",
      "workspaces.get",
      "members.list",
      "today.get",
      "notices.list",
      "notices.unread",
      "objectives.list",
      "goals.list",
      "goals.get",
      "initiatives.list",
      "channels.list",
      "channels.get",
      "media.get",
      "posts.list",
      "posts.get",
      "deliveries.list",
      "deliveries.get",
      "publishing.health",
      "publishing.days",
      "publishing.quotas",
      "publishing.endings",
      "publishing.status",
      "publishing.holds",
      "analytics.progress",
      "analytics.evidence",
      "analytics.engagements",
      "analytics.figures",
      "page.get",
    ]
  `);
});

test('nothing that changes something, and nothing with a secret or of the house is kept', () => {
  for (const { name, isRead } of operations) if (!isRead) expect(mayKeep(name), name).toBe(false);
  for (const group of ['apiKeys', 'sessions', 'invitations', 'audit', 'operator', 'demo', 'onboarding'])
    for (const { name } of operations.filter((it) => it.name.startsWith(`${group}.`)))
      expect(mayKeep(name), name).toBe(false);
  expect(mayKeep('notices.settings')).toBe(false);
});
