import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlueskyServer, startBluesky, type TestAccount } from '#test/servers/bluesky/index.ts';
import { makeInstallation, until } from './product.ts';
import { type Desk, makeDesk } from './run-command.ts';

const file = path.join(import.meta.dirname, '../docs/the-loop.md');
/** Before this heading somebody outside has something to do. */
const pause = '## 9.';

let bluesky: BlueskyServer;
let regular: TestAccount;

beforeAll(async () => {
  bluesky = await startBluesky();
  regular = await bluesky.createAccount('benno');
  await regular.setName('Benno');
});

afterAll(() => bluesky?.stop());

/** The shell blocks of one way, before the pause and after it. */
function readScripts(way: Way): [string, string] {
  const [before = '', after = ''] = readFileSync(file, 'utf8').split(pause);
  const scriptOf = (part: string) =>
    [...part.matchAll(/^```sh (\w+)\n([\s\S]*?)^```$/gm)]
      .filter(([, label]) => label === way || label === 'both')
      .map(([, , script = '']) => script)
      .join('\n');
  return [scriptOf(before), scriptOf(after)];
}

/** What each way needs of the machine; the command line itself comes with the checkout. */
const tools = { curl: ['bash', 'curl'], goalpost: ['bash'] };
type Way = keyof typeof tools;
const lacksTools = (way: Way) => tools[way].some((tool) => spawnSync(tool, ['--version']).error !== undefined);

/** A business with an account on Bluesky and an installation of its own. */
async function openBusiness(
  way: Way,
): Promise<{ url: string; bakery: TestAccount; desk: Desk; close(): Promise<void> }> {
  const bakery = await bluesky.createAccount(`bakery-${way}`);
  const installation = await makeInstallation();
  const product = await installation.start();
  const desk = makeDesk({
    GOALPOST_SERVER: installation.url,
    BLUESKY_HANDLE: bakery.handle,
    BLUESKY_APP_PASSWORD: bakery.appPassword,
    BLUESKY_SERVER: bluesky.pdsUrl,
  });
  const bread = sharp({ create: { width: 1200, height: 800, channels: 3, background: '#b98a4e' } });
  writeFileSync(path.join(desk.folder, 'bread.jpg'), await bread.jpeg().toBuffer());
  const close = async () => {
    desk.remove();
    await product.stop();
    installation.remove();
  };
  return { url: installation.url, bakery, desk, close };
}

/**
 * Does what the document says, with a like from outside at its pause, and its second half again until the figure that it
 * prints is the one given: how soon figures are fetched is for the machine to say. Gives what that printed.
 */
async function followDocument(way: Way, figure: RegExp): Promise<string> {
  const { url, bakery, desk, close } = await openBusiness(way);
  try {
    const [before, after] = readScripts(way);
    const first = await desk.runShell(`set -o allexport\n${before}\nexport -p > variables\ndeclare -f > functions`);
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(first.out).toMatch(/^connected$/m);
    expect(first.out).toContain(`${url}/p/malis-bakery/`);

    const [record] = await bakery.listPosts();
    await regular.like(record?.uri ?? '');
    await until(
      () => bakery.getPost(record?.uri ?? ''),
      (post) => post?.likeCount === 1,
      20_000,
    );

    const second = await until(
      () => desk.runShell(`source ./variables\nsource ./functions\n${after}`),
      ({ code, out }) => code === 0 && figure.test(out),
      90_000,
    );
    return second.out;
  } finally {
    await close();
  }
}

// Both at once: most of the time is spent waiting for a minute to begin.
describe.concurrent('what the-loop.md says', { timeout: 360_000 }, () => {
  it.skipIf(lacksTools('curl'))('leads with curl from nothing to a like behind a figure', async () => {
    const said = await followDocument('curl', /"value":1,/);
    expect(said).toContain('"actorName":"Benno"');
  });

  it.skipIf(lacksTools('goalpost'))('leads with the command line from nothing to a like behind a figure', async () => {
    const said = await followDocument('goalpost', /^value +1$/m);
    expect(said).toContain('Benno');
  });
});
