import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { contract } from '#contract/index.ts';
import { useServer } from '#test/server.ts';
import { writeLargeFilm } from '#test/videos/index.ts';
import { listCommands } from './list-commands.ts';
import { runCli } from './run-cli.ts';

const server = useServer();
let folder = '';
let key = '';
let workspaceId = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'goalpost-cli-'));
  const person = await server.signUp();
  const client = server.client(person);
  ({ id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'Asia/Bangkok' }));
  const made = await client.apiKeys.create({
    workspaceId,
    name: 'Desk',
    scopes: ['plan', 'content', 'publish', 'manage'],
  });
  key = made.secret;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(words: string[], env: Record<string, string> = {}, stdin = '') {
  let [out, err] = ['', ''];
  const code = await runCli({
    words,
    version: '0.0.0',
    env: { HOME: folder, INIT_CWD: folder, GOALPOST_SERVER: server.url, GOALPOST_API_KEY: key, ...env },
    stdin: Readable.from([stdin]),
    print: (text) => {
      out += text;
    },
    complain: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
const ask = async (...words: string[]) => {
  const { code, out, err } = await run([...words, '--json']);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

/** Stands between the command line and the server; null loses the answer. Gives its address. */
async function stand(
  between: (path: string, answer: () => Promise<Response>) => Response | null | Promise<Response | null>,
): Promise<string> {
  const middle = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const headers = { ...(request.headers as Record<string, string>) };
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[name];
    const sent = Buffer.concat(await Array.fromAsync(request));
    const answer = () => fetch(server.url + url, { method, headers, ...(sent.byteLength > 0 ? { body: sent } : {}) });
    const given = await between(url, answer);
    if (!given) return request.socket.destroy();
    const body = Buffer.from(await given.arrayBuffer());
    return response.writeHead(given.status, { 'content-type': given.headers.get('content-type') ?? '' }).end(body);
  });
  await new Promise<void>((resolve) => middle.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void middle.close());
  return `http://127.0.0.1:${(middle.address() as AddressInfo).port}`;
}

const countUploads = () =>
  server.house.db.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM upload WHERE medium_id IS NULL`.execute(
      tx,
    );
    return rows[0]?.count;
  });

describe('the command line', () => {
  it('has a command for every operation', () => {
    const operations = Object.entries(contract).flatMap(([group, verbs]) =>
      Object.keys(verbs).map((verb) => `${group}.${verb}`),
    );
    expect(listCommands().map(({ operation }) => operation)).toEqual(operations);
    expect(new Set(listCommands().map(({ name }) => name)).size).toBe(operations.length);
  });

  it('prints the API’s own answer and nothing else with --json', async () => {
    const { code, out, err } = await run(['objectives', 'create', '--title', 'Fill the mornings', '--json']);
    expect([code, err]).toEqual([0, '']);
    const { id } = JSON.parse(out);
    const response = await fetch(`${server.url}/api/workspaces/${workspaceId}/objectives`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const list = await run(['objectives', 'list', '--json']);
    expect(list.out).toBe(`${await response.text()}\n`);
    expect(list.out).toContain(id);
  });

  it('ends with 1 and the refusal’s body when it is refused', async () => {
    const { code, out, err } = await run(['goals', 'get', crypto.randomUUID(), '--json']);
    expect([code, out]).toEqual([1, '']);
    expect(JSON.parse(err)).toMatchObject({ code: 'not-found', status: 404, defined: false });
  });

  it('names the field that is wrong, in the person’s words', async () => {
    const { code, err } = await run(['goals', 'create', '--title', 'x', '--metric', 'likes', '--target', '5']);
    expect(code).toBe(1);
    expect(err).toMatch(/^ {2}deadlineOn: ./m);
  });

  it.each([
    [['gols', 'create'], 'Did you mean goals?'],
    [['goals', 'crate'], 'Did you mean goals create?'],
    [['goals', 'create', '--titel', 'x'], 'Did you mean --title?'],
    [['goals', 'create', '--target.knd', 'x'], 'Did you mean --target.kind?'],
    [['posts', 'create', '--content.parts.N.text', 'x'], 'Did you mean --content.parts.0.text?'],
    [['goals', 'get'], 'needs GOAL-ID'],
    [['goals', 'get', ''], 'needs GOAL-ID'],
    [['login', '--days', 'never', '--key-stdin'], '--days cannot be never'],
    [['login', '--emial', 'x'], 'Did you mean --email?'],
    [['login', 'somewhere'], 'no use for somewhere'],
    [['migrate', '--dry-run'], 'Say: goalpost migrate [--json]'],
    [['audit', 'verify', '--anchor'], 'Say: goalpost audit verify [--anchor FILE] [--json]'],
    [['logout', '--server'], '--server needs a value'],
    [['logout', '--email', 'x'], 'no option --email'],
    [['goals', 'list', '--limit', 'many'], '--limit cannot be many'],
    [['goals', 'create', '--title'], '--title needs a value'],
    [['posts', 'create', '--image', 'not-there.jpg'], 'not-there.jpg cannot be read'],
    [['goals', 'get', 'a', 'b'], 'no use for b'],
    [['goals', 'list', '--wait'], 'no option --wait'],
    [['goals', 'list', '--server', 'localhost'], 'no address of a server'],
  ])('ends with 2 and says what is not understood: %j', async (words, said) => {
    const { code, out, err } = await run(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  it('ends with 3 when nothing answers, and when what answers is not Goalpost', async () => {
    const nobody = await run(['goals', 'list', '--json', '--server', 'http://127.0.0.1:9', '--workspace', workspaceId]);
    expect(nobody.code).toBe(3);
    expect(JSON.parse(nobody.err)).toMatchObject({ code: 'unreachable' });
    const other = await run(['goals', 'list', '--server', `${server.url}/p`, '--workspace', workspaceId]);
    expect(other.err).not.toContain('at ');
    expect([1, 3]).toContain(other.code);
  });

  it('says in one line why a command beside the server cannot be done', async () => {
    const nobody = { GOALPOST_DATABASE_URL: 'postgres://goalpost:secret@127.0.0.1:9/goalpost' };
    const { code, out, err } = await run(['audit', 'verify', '--json'], nobody);
    expect([code, out]).toEqual([1, '']);
    expect(JSON.parse(err)).toEqual({ code: 'refused', message: expect.stringContaining('127.0.0.1:9') });
    expect(err).not.toContain('secret');
  });

  it('follows every page with --all', async () => {
    for (let i = 0; i < 3; i++) await ask('objectives', 'create', '--title', `Objective ${i}`);
    const { items, next } = await ask('objectives', 'list', '--all', '--limit', '1');
    expect(items.length).toBeGreaterThanOrEqual(3);
    expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(items.length);
    expect(next).toBeUndefined();
  });

  it('gives fields by dots, lists by repetition, JSON as a value, and the rest from --input', async () => {
    writeFileSync(path.join(folder, 'goal.json'), JSON.stringify({ title: 'From the file', checkpoints: 'weekly' }));
    const goal = await ask(
      ...['goals', 'create', '--input', 'goal.json', '--title', 'From the option', '--metric', 'likes'],
      ...['--target', '{"kind":"relative","percent":15}', '--baseline.value', '40', '--baseline.on', '2026-11-01'],
      ...[
        '--baseline.source',
        'stated',
        '--deadlineOn',
        '2027-03-31',
        '--scope.languages',
        'de',
        '--scope.languages',
        'th',
      ],
      ...['--means.0.what', 'A camera', '--means.0.at-hand', 'false', '--owner-id', 'null'],
    );
    expect(goal).toMatchObject({
      title: 'From the option',
      checkpoints: 'weekly',
      target: { kind: 'relative', percent: 15 },
      baseline: { value: 40, on: '2026-11-01', source: 'stated' },
      scope: { languages: ['de', 'th'] },
      means: [{ what: 'A camera', atHand: false }],
      ownerId: null,
    });
  });

  it('reads --input - from standard input', async () => {
    const { out } = await run(['objectives', 'create', '--input', '-', '--json'], {}, '{"title":"Piped"}');
    expect(JSON.parse(out)).toMatchObject({ title: 'Piped' });
  });

  it('fills in the revision that stands now, and refuses an older one that is named', async () => {
    const goal = await ask(
      ...['goals', 'create', '--title', 'Twice', '--metric', 'likes', '--target', '5', '--deadline-on', '2027-03-31'],
    );
    expect(await ask('goals', 'update', goal.id, '--title', 'Changed')).toMatchObject({ title: 'Changed' });
    const stale = await run(['goals', 'update', goal.id, '--title', 'Lost', '--revision', '1', '--json']);
    expect(JSON.parse(stale.err)).toMatchObject({ code: 'edited-meanwhile' });
    const { id } = await ask('objectives', 'create', '--title', 'Without a get');
    expect(await ask('objectives', 'update', id, '--title', 'Found in the list')).toMatchObject({ revision: 2 });
  });

  it('does a call under one key once', async () => {
    const call = ['objectives', 'create', '--title', 'Once', '--idempotency-key', 'once-1'];
    expect(await ask(...call)).toEqual(await ask(...call));
  });

  it('uploads a large film in parts', async () => {
    await writeLargeFilm(path.join(folder, 'kneading.mp4'), 11 * 1024 * 1024);
    const medium = await ask('media', 'upload', 'kneading.mp4', '--alt', 'Kneading');
    expect(medium).toMatchObject({ name: 'kneading', alt: 'Kneading', mime: 'video/mp4' });
    expect(server.logged.filter((line) => line.includes('"uploads.append"'))).toHaveLength(3);
  });

  it('gives up a film that the server refuses, so that it stands in nobody’s way', async () => {
    await writeLargeFilm(path.join(folder, 'refused.mp4'), 9 * 1024 * 1024);
    const refusal = { code: 'not-allowed', message: 'Not now.' };
    const url = await stand((path, answer) =>
      path.endsWith('/finish') ? Response.json(refusal, { status: 403 }) : answer(),
    );
    const { code, err } = await run(['media', 'upload', 'refused.mp4', '--server', url, '--workspace', workspaceId], {
      GOALPOST_SERVER: url,
    });
    expect([code, err]).toEqual([1, expect.stringContaining('Not now.')]);
    expect(await countUploads()).toBe(0);
  });

  it('asks again for the answer to the last step that was lost, and has brought the film once', async () => {
    await writeLargeFilm(path.join(folder, 'heard.mp4'), 9 * 1024 * 1024);
    let lost = 0;
    const url = await stand(async (path, answer) => {
      const given = await answer();
      if (!path.endsWith('/finish') || lost > 0) return given;
      lost += 1;
      return null;
    });
    const before = (await ask('media', 'list', '--all')).items.length;
    const { code, err } = await run(['media', 'upload', 'heard.mp4'], { GOALPOST_SERVER: url });
    expect([code, err, lost]).toEqual([0, '', 1]);
    expect((await ask('media', 'list', '--all')).items).toHaveLength(before + 1);
  });

  it('uploads pictures under keys of their own, so that a post with pictures is made once too', async () => {
    const pixel = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a33' } })
      .png()
      .toBuffer();
    for (const name of ['one.png', 'two.png']) writeFileSync(path.join(folder, name), pixel);
    const pictures = ['--image', 'one.png', '--alt', 'Red', '--image', 'two.png', '--alt', 'Red again'];
    const call = ['posts', 'create', '--text', 'Pictures', ...pictures, '--idempotency-key', 'pictures-1'];
    const post = await ask(...call);
    expect(post.content.parts[0].media).toHaveLength(2);
    expect(await ask(...call)).toEqual(post);
  });

  it('takes a text that begins with a bracket as it is', async () => {
    const { content } = await ask('posts', 'create', '--text', '[Draft] {soon}');
    expect(content.parts[0].text).toBe('[Draft] {soon}');
  });

  it('makes no key that cannot be kept, and says where it would be', async () => {
    writeFileSync(path.join(folder, 'in-the-way'), '');
    const env = { GOALPOST_API_KEY: '', XDG_CONFIG_HOME: path.join(folder, 'in-the-way') };
    const { code, err } = await run(['login', '--key-stdin'], env, key);
    expect([code, err]).toEqual([2, expect.stringContaining('in-the-way/goalpost/login.json')]);
  });

  it('speaks the language of the terminal', async () => {
    const { err } = await run(['goals', 'crate'], { LANG: 'vi_VN.UTF-8' });
    expect(err).toContain('Có phải ý bạn là goals create?');
    expect((await run(['help'], { LC_ALL: 'th_TH.UTF-8' })).out).toContain('เป้าหมาย');
  });

  it('does not let words from outside steer the terminal', async () => {
    await ask('objectives', 'create', '--title', 'Red \u001b[31malert\u001b[0m \u0007');
    const { out } = await run(['objectives', 'list', '--all']);
    expect(out).toContain('Red');
    expect([...out].filter((letter) => letter < ' ' && letter !== '\n')).toEqual([]);
  });

  it('does not let the name of a workspace, or a refusal, steer the terminal either', async () => {
    const person = await server.signUp();
    const client = server.client(person);
    const name = 'Loud \u001b]0;owned\u0007\u001b[2J\u009b31m';
    const { id } = await client.workspaces.create({ name, language: 'en', zone: 'Asia/Bangkok' });
    const made = await client.apiKeys.create({ workspaceId: id, name: 'Loud', scopes: ['read'] });
    const env = { GOALPOST_API_KEY: made.secret, XDG_CONFIG_HOME: path.join(folder, 'loud') };
    const which = await run(['goals', 'list', '--workspace', 'other'], env);
    const refused = await run(['goals', 'list', '--server', 'http://\u001b[2Jx'], env);
    const login = await run(['login', '--key-stdin'], env, made.secret);
    expect([which.code, refused.code, login.code]).toEqual([2, 2, 0]);
    expect(login.out).toContain('Loud');
    expect(which.err).toContain('Loud');
    const steering = /(?!\n)\p{Cc}/u;
    for (const { out, err } of [which, refused, login]) expect(out + err).not.toMatch(steering);
  });

  it('sends a key that is set to the server that is set, and to no other', async () => {
    const brought: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      brought.push(request.headers.authorization);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"not-found","message":"No."}');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const words = ['goals', 'list', '--workspace', workspaceId, '--server', `http://127.0.0.1:${port}`];
    try {
      expect((await run(words)).code).toBe(1);
      const config = { GOALPOST_API_KEY: '', XDG_CONFIG_HOME: path.join(folder, 'strangers') };
      await run(['login', '--key-stdin'], config, key);
      expect((await run(words, config)).code).toBe(1);
      // With no server set, the key goes where the person says.
      expect((await run(words, { GOALPOST_SERVER: '' })).code).toBe(1);
    } finally {
      stranger.close();
    }
    expect(brought).toEqual([undefined, undefined, `Bearer ${key}`]);
  });

  it('finds the workspace by name, and says which there are when it cannot tell', async () => {
    expect((await run(['goals', 'list', '--workspace', 'bakery'])).code).toBe(0);
    const { code, err } = await run(['goals', 'list', '--workspace', 'butcher']);
    expect([code, err]).toEqual([2, expect.stringContaining('Bakery')]);
  });

  it('keeps a key at login and forgets it at logout, one server beside the other', async () => {
    const env = { GOALPOST_API_KEY: '', XDG_CONFIG_HOME: path.join(folder, 'config') };
    const login = await run(['login', '--key-stdin', '--json'], env, `${key}\n`);
    expect(JSON.parse(login.out)).toMatchObject({ workspaceId, server: server.url });
    expect((await run(['goals', 'list'], env)).code).toBe(0);
    const file = path.join(folder, 'config/goalpost/login.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8')).servers[server.url]).toEqual({ key, workspaceId });
    await run(['logout'], env);
    expect(readFileSync(file, 'utf8')).not.toContain(key);
    expect((await run(['me', 'get', '--json'], env)).err).toContain('signed-out');
  });

  it('refuses a key that does not work instead of keeping it', async () => {
    const env = { GOALPOST_API_KEY: '', XDG_CONFIG_HOME: path.join(folder, 'other') };
    const { code } = await run(['login', '--key-stdin'], env, 'gp_not-a-key\n');
    expect(code).toBe(1);
    expect(() => readFileSync(path.join(folder, 'other/goalpost/login.json'))).toThrow();
  });

  it('says the version and helps with every command', async () => {
    expect((await run(['--version'])).out).toBe('0.0.0\n');
    for (const { name } of listCommands()) expect((await run([...name.split(' '), '--help'])).code).toBe(0);
    expect((await run(['help', 'goals'])).out).toContain('goals archive GOAL-ID');
  });
});
