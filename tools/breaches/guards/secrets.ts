import { add, breach, swap } from '../guard-breach.ts';

const egress = 'src/server/platform/egress/';
const crypto = 'src/server/platform/crypto/';
const audit = 'src/server/features/team/audit/';
const canary = 'test/canary.test.ts';
const loop = 'secrets go through the whole loop';
const connect = 'src/server/features/channels/connect-channel.ts';
const signIn = 'src/server/features/channels/sign-in-account.ts';

/** Secrets, the way out, the audit log, and what comes from outside. */
export const secretBreaches = [
  breach(
    'secrets: a line of the log prints a credential',
    [
      signIn,
      swap(
        '  const outcome = await connector.auth.connect(',
        '  log.warn({}, ["connecting with", ...Object.values(known)].join(" "));\n  const outcome = await connector.auth.connect(',
      ),
    ],
    [canary, 'secrets stand in no line of the log', loop],
  ),
  breach(
    'secrets: a credential is stored in clear',
    [
      'src/server/features/channels/account-call.ts',
      (text) =>
        text
          .replace(
            'vault.seal(JSON.stringify(credential), sealedAt(place));',
            '(vault && place && JSON.stringify(credential)) || "";',
          )
          .replace(
            'JSON.parse(vault.open(connection.credential, sealedAt(place))) as Json',
            'JSON.parse(vault && place && connection.credential) as Json',
          ),
    ],
    [canary, 'secrets stand nowhere in the database', loop],
  ),
  breach(
    'secrets: an answer shows a credential',
    [
      connect,
      swap(
        'return presentChannel(context.house, await mustFindChannel(tx, channelId));',
        'return { ...presentChannel(context.house, await mustFindChannel(tx, channelId)), purpose: JSON.stringify(connected.credential) };',
      ),
    ],
    [canary, 'secrets stand in no answer, beside the ones that show them once', loop],
  ),
  breach(
    'sealing: a value opens at another place',
    [
      `${crypto}create-vault.ts`,
      (text) =>
        text.replace(
          'JSON.stringify([VERSION, keyId, workspaceId, table, column, rowId])',
          'JSON.stringify([VERSION, keyId, workspaceId, table && column && rowId && ""])',
        ),
    ],
    [`${crypto}create-vault.test.ts`, 'the vault does not open a value moved to another row'],
  ),
  breach(
    'sealing: a change of key leaves values to the old one',
    ['src/server/platform/db/sealed-columns.ts', swap(/ {2}\{ table: 'connection'.*\n/, '')],
    [
      'src/server/entry/operate/keys-rotate.test.ts',
      'rotating the key loses no publish beside a running server, and leaves nothing that the old key opens',
    ],
  ),
  breach(
    'sealing: others may read the key file',
    [`${crypto}load-keys.ts`, swap(/0o600/g, '0o644')],
    [`${crypto}create-vault.test.ts`, 'the key file is made once, for its owner only'],
  ),
  breach(
    'way out: loopback is called',
    [`${egress}judge-address.ts`, swap("  '127.0.0.0/8',\n", '')],
    [`${egress}hostile-corpus.test.ts`, 'no way in http and https to 127.0.0.1 reach nothing'],
  ),
  breach(
    'way out: an IPv4 address inside an IPv6 one is not seen',
    [
      `${egress}judge-address.ts`,
      swap(
        'return ipaddr.fromByteArray(address.toByteArray().slice(12));',
        "return ipaddr.parse(address.kind() === 'ipv6' ? '2606:4700::1111' : '');",
      ),
    ],
    [
      `${egress}judge-address.test.ts`,
      'addresses agrees with an independent block list on any IPv4 address, also inside an IPv6 one',
    ],
  ),
  breach(
    'way out: what was judged is not what is called',
    [
      `${egress}make-guarded-agent.ts`,
      swap('true, lookup: pinned', 'true, ...(pinned.length > 9 ? { lookup: pinned } : {})'),
    ],
    [
      `${egress}pinned-address.test.ts`,
      'the address that was judged is the one that is called, whatever the name means a moment later',
    ],
  ),
  breach(
    'way out: a redirect is followed unasked',
    [
      `${egress}follow-redirects.ts`,
      (text) => text.replace(' || maxRedirects === 0', '').replace('maxRedirects = 0 }', 'maxRedirects = 5 }'),
    ],
    [`${egress}create-egress.test.ts`, 'fetch follows no redirect unless told, and not past the number told'],
  ),
  breach(
    'way out: where a redirect leads is not judged anew',
    [
      `${egress}follow-redirects.ts`,
      (text) =>
        text
          .replace('import type { Agent }', 'import { Agent }')
          .replace('await exchange(agent, {', 'await exchange(hops === 0 ? agent : new Agent(), {'),
    ],
    [`${egress}create-egress.test.ts`, 'fetch judges a redirect to http://2130706434/ like a first address'],
  ),
  breach(
    'way out: credentials go with a redirect',
    [
      `${egress}follow-redirects.ts`,
      swap('if (next?.origin !== url.origin) headers = withoutCredentials(headers);', 'withoutCredentials(headers);'),
    ],
    [`${egress}create-egress.test.ts`, 'fetch takes credentials to no other origin'],
  ),
  breach(
    'way out: an answer is read without end',
    [
      `${egress}exchange.ts`,
      swap(
        'await readBody(answer.body, headers, request.maxBytes)',
        'await readBody(answer.body, headers, Number.POSITIVE_INFINITY)',
      ),
    ],
    [`${egress}create-egress.test.ts`, 'fetch reads no more than it was told, however the size is hidden'],
  ),
  breach(
    'way out: somebody goes round it',
    [
      'src/server/features/page/ping-hubs.ts',
      add("import { request } from 'node:https';\nexport const round = request;"),
    ],
    ['test/fetchers.test.ts', 'nothing but the egress client, mail and start-up can open a connection'],
  ),
  breach(
    'audit: a change has no line',
    [`${audit}append-line.ts`, swap('  await insertLines(tx, chain(head, [line]));\n', '  chain.name;\n')],
    [
      `${audit}audit.test.ts`,
      'the audit log has one line for each change: who, what, to what, and nothing of its content',
    ],
  ),
  breach(
    'audit: a fact heard twice is two lines',
    [`${audit}append-line.ts`, swap('!kept.has(factId)', 'kept.size > -1')],
    [
      `${audit}audit.test.ts`,
      'the audit log has a line for what Goalpost did by itself, once, however often it is told',
    ],
  ),
  breach(
    'audit: the app may rewrite a line',
    [
      'migrations/0011-keys-and-audit.sql',
      swap(
        'REVOKE UPDATE, DELETE ON audit_entry FROM {{app}};',
        'DROP TRIGGER IF EXISTS refuse_rewriting ON audit_entry;',
      ),
    ],
    [`${audit}audit.test.ts`, 'a written line cannot be changed or removed by the app, nor its end moved back'],
  ),
  breach(
    'audit: the owner may rewrite a line',
    ['migrations/0011-keys-and-audit.sql', add('DROP TRIGGER refuse_rewriting ON audit_entry;')],
    [`${audit}audit.test.ts`, 'a written line cannot be changed or removed by the owner as long as the trigger stands'],
  ),
  breach(
    'audit: lines are not chained',
    [`${audit}append-line.ts`, swap('writeLine(previousHash, line)', 'writeLine(previousHash.slice(0, 0), line)')],
    [`${audit}append-line.test.ts`, 'a line’s hash is one over the line before it as well'],
  ),
  breach(
    'audit: nothing orders two changes at once',
    [`${audit}audit-store.ts`, swap(/ FOR UPDATE/g, '')],
    [`${audit}audit.test.ts`, 'the audit log has no gap and no fork when fifty changes come at once'],
  ),
  breach(
    'the own page: markup in a text is drawn',
    [
      'src/server/features/page/public/render-text.ts',
      (text) =>
        text
          .replace("import { html } from 'hono/html';", "import { html, raw } from 'hono/html';")
          .replace('text.slice(at, end).trimEnd()}', 'raw(text.slice(at, end).trimEnd())}'),
    ],
    ['src/server/features/page/public/public-pages.test.ts', 'the public page keeps markup in every text inert'],
  ),
  breach(
    'pictures: any number of pixels is unpacked',
    [
      'src/server/features/media/render-picture.ts',
      swap('limitInputPixels: MAX_PIXELS', 'limitInputPixels: MAX_PIXELS * 1_000'),
    ],
    ['src/server/features/media/start-renderer.test.ts', 'keeping refuses a small file of very many pixels'],
  ),
  breach(
    'the ASVS: a requirement is called met by a test that is not there',
    ['docs/asvs.json', swap('keeps markup in every text inert', 'keeps everything safe')],
    ['test/asvs.test.ts', 'what an answer points to is a test: V1.1.2'],
  ),
];
