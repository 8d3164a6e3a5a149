import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const home = path.join(import.meta.dirname, '..');

/**
 * Files that open connections, or could, and why they may. Everything else reaches the outside by `house.fetch` and
 * `house.http`, whose every connection is judged.
 */
const mayConnect: Record<string, string> = {
  'src/server/platform/egress/create-egress.ts': 'the egress client',
  'src/server/platform/egress/exchange.ts': 'the egress client',
  'src/server/platform/egress/follow-redirects.ts': 'the egress client',
  'src/server/platform/egress/make-guarded-agent.ts': 'the egress client',
  'src/server/platform/egress/watch-write.ts': 'the egress client',
  'src/server/platform/mail/send-by-smtp.ts': 'the operator’s mail server, named in the settings',
  'src/server/platform/db/embedded/run-postmaster.ts': 'looks for a free port on loopback',
  'src/server/entry/demo/answer-doorway.ts': 'signs in to the café that the demo itself started',
  'src/server/entry/demo/pass-on.ts': 'passes calls on to that café, on loopback',
  'src/server/entry/demo/practice-control.ts': 'the practice network that the café itself started',
  'src/server/entry/demo/start-demo.ts': 'listens',
  'src/server/entry/hold-door.ts': 'listens; asks its own address who is there already',
};

/** Files that call an address which somebody else named: test/egress.test.ts calls the whole corpus through each. */
const fetchers: Record<string, string> = {
  'src/server/features/channels/account-call.ts': 'as connectors do',
  'src/server/features/channels/sign-in-account.ts': 'connecting a channel, and again by a link',
  'src/server/features/publishing/engine/read-link-card.ts': 'link card and its picture',
  'src/server/features/page/ping-hubs.ts': 'hubs',
  'src/server/features/notices/push/send-push.ts': 'push services, as browsers name them',
};

const files = ['src/server/**/*.ts', 'src/connectors/**/*.ts', 'src/contract/**/*.ts', 'src/format/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: home }))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.test\.ts$|\/testing(\.ts|\/)|\/web\//.test(file))
  .sort();

const connects = [
  /^import (?!type)[^;]*from '(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises)'/m,
  /import\('(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises)'\)/,
  /(from |import\()'(undici|nodemailer|axios|got|ky|node-fetch|ws|eventsource|superagent)[/']/,
  /(?<![.\w'])fetch\((?!\w+:|\))/,
  /new (WebSocket|EventSource|XMLHttpRequest)\b/,
  /\bprocess\.binding\b/,
];
const onlyJudges = /^import \{ isIP(, type [^}]*)? \} from 'node:net'/m;

/** What a file does without its comments and its harmless imports. */
const codeOf = (file: string): string =>
  readFileSync(path.join(home, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .replace(onlyJudges, '')
    .replace(/^\s*(async )?fetch\(.*\): Promise<.*$/gm, '');

test('nothing but the egress client, mail and start-up can open a connection', () => {
  const found = files.filter((file) => connects.some((pattern) => pattern.test(codeOf(file))));
  expect(found).toEqual(Object.keys(mayConnect).sort());
});

test('every file that calls the outside is one whose fetching is tested with hostile addresses', () => {
  const calls = /\b(house|context)(\.house)?\.(fetch|http)\b/;
  const found = files.filter((file) => !file.startsWith('src/server/platform/') && calls.test(codeOf(file)));
  expect(found.filter((file) => file !== 'src/server/entry/compose.ts')).toEqual(Object.keys(fetchers).sort());
});

test('connectors call by what they are given', () => {
  const found = files.filter(
    (file) => file.startsWith('src/connectors/') && connects.some((p) => p.test(codeOf(file))),
  );
  expect(found).toEqual([]);
});
