import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, CDPSession, Page, Response } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PushService, startPushService } from '#test/servers/push/index.ts';
import { openProfile } from './browser.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

let pushes: PushService;
beforeAll(async () => {
  pushes = await startPushService();
});
afterAll(() => pushes?.stop());

const bakery = useBakery();
let profile: string;
let browser: BrowserContext;
let client: Client;
let workspaceId: string;
let page: Page;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  await bakery.openOwnPage();
  const target = { kind: 'number' as const, value: 200 };
  const about = { workspaceId, metric: 'engagement' as const, target, deadlineOn: '2027-03-31' };
  await client.goals.create({ ...about, title: 'More orders for cake' });
  profile = mkdtempSync(path.join(tmpdir(), 'goalpost-profile-'));
  await openBrowser();
  await signIn();
  await page.goto(bakery.at('today'));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
});
afterAll(async () => {
  await browser?.close();
  if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

const text = () => page.getByLabel('Text', { exact: true }).first();
const said = (words: string | RegExp) => page.getByText(words).first().waitFor();
const savedDrafts = async () => (await client.posts.list({ workspaceId, state: 'draft' })).items;
const textOf = (post: Awaited<ReturnType<typeof savedDrafts>>[number]) => post.content.parts[0]?.text;

async function openBrowser(): Promise<void> {
  browser = await openProfile(profile);
  // A busy machine is slow, not wrong.
  browser.setDefaultTimeout(60_000);
  page = browser.pages()[0] ?? (await browser.newPage());
}

/** For longer than the browser is open. */
const signIn = () =>
  browser.addCookies([{ ...bakery.cookie, url: bakery.product.url, expires: Math.floor(Date.now() / 1_000) + 86_400 }]);

/** Mali has a device that is told who joined, and Nok joins. */
async function beTold(): Promise<void> {
  const { push } = await client.notices.settings();
  await client.notices.addDevice({ ...pushes.subscribe(push.key), name: 'Chromium' });
  await client.notices.choose({
    quietFrom: '00:00',
    quietTo: '00:00',
    kinds: [{ kind: 'member-joined', mail: 'off', push: true, urgent: true }],
  });
  await bakery.makeMember('Nok');
}

/** What is kept on the device for reading, by operation. */
const keptReading = () =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('goalpost');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result;
          if (!store.objectStoreNames.contains('answers')) return resolve([]);
          const asked = store.transaction('answers').objectStore('answers').getAllKeys();
          asked.onsuccess = () => resolve(asked.result.map((key) => String(key).split(' ')[2] ?? ''));
          asked.onerror = () => reject(asked.error);
        };
      }),
  );

const keepsReading = (operation: string) => until(keptReading, (kept) => kept.includes(operation), 60_000);

describe('the app', { timeout: 300_000 }, () => {
  it('can be installed, and is', async () => {
    const cdp = await browser.newCDPSession(page);
    const { errors, data } = await cdp.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data ?? '')).toMatchObject({ id: '/', lang: 'en', display: 'standalone' });
    expect((await cdp.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
    const manifestId = `${bakery.product.url}/`;
    const send = cdp.send.bind(cdp) as unknown as (method: string, asked: object) => Promise<{ targetId?: string }>;
    await send('PWA.install', { manifestId, installUrlOrBundleUrl: bakery.at('today') });
    const { targetId } = await send('PWA.launch', { manifestId });
    expect(targetId).toEqual(expect.any(String));
    await send('PWA.uninstall', { manifestId });
    await page.bringToFront();
  });

  it('speaks the person’s language where the device shows it', async () => {
    await client.me.update({ language: 'th' });
    await page.reload();
    await page.waitForFunction(() =>
      document.querySelector('link[rel="manifest"]')?.getAttribute('href')?.includes('.th.'),
    );
    const cdp = await browser.newCDPSession(page);
    const { data } = await cdp.send('Page.getAppManifest');
    expect(JSON.parse(data ?? '')).toMatchObject({ id: '/', lang: 'th', description: expect.stringMatching(/[ก-๙]/) });
    // Texts too that no screen so far has asked for: they must be there without a connection.
    const keptInThai = () =>
      page.evaluate(async () => {
        const [name = ''] = (await caches.keys()).filter((each) => each.startsWith('goalpost-shell-'));
        const kept = await (await caches.open(name)).keys();
        return kept.filter(({ url }) => /\/assets\/th-[^/]+\.json$/.test(url)).length;
      });
    await until(keptInThai, (count) => count >= 2, 60_000);
    await client.me.update({ language: 'en' });
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
  });

  it('has no hand in answers, in signing in, or in public pages', async () => {
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    await page.goto(bakery.at('goals'));
    await said('More orders for cake');
    const byWorker = new Set<string>();
    for (const each of answers) {
      if (each.fromServiceWorker()) byWorker.add(new URL(each.url()).pathname.split('/')[1] ?? '');
    }
    expect([...byWorker].sort()).toEqual(['assets', 'w']);
    page.removeAllListeners('response');
    for (const address of ['/sign-in', '/p/malis-bakery', '/demo', '/api/docs'])
      expect((await page.goto(`${bakery.product.url}${address}`))?.fromServiceWorker(), address).toBe(false);
    const asksTwice = await page.evaluate(async () => {
      const { navigationPreload } = await navigator.serviceWorker.ready;
      return (await navigationPreload.getState()).enabled;
    });
    expect(asksTwice).toBe(false);
  });
});

describe('without a connection', { timeout: 300_000 }, () => {
  // What happens together is pushed together, a while later: it happens now and is looked at when it has come.
  beforeAll(beTold);

  it('what was looked at is there, says how old it is, and is fresh when there is an answer again', async () => {
    for (const [screen, operation] of [
      ['today', 'today.get'],
      ['goals', 'goals.list'],
      ['calendar', 'posts.list'],
      ['channels', 'channels.list'],
      ['api-keys', 'me.get'],
    ] as const) {
      await page.goto(bakery.at(screen));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await keepsReading(operation);
    }
    expect((await keptReading()).filter((it) => /^(apiKeys|sessions|audit|operator)/.test(it))).toEqual([]);
    await bakery.product.stop();
    await page.goto(bakery.at('goals'));
    await said('More orders for cake');
    await said(/You are offline\. What you see is as of .*\d:\d\d/);
    await page.getByRole('link', { name: 'Channels' }).first().click();
    await said('Mali’s Bakery');
    await page.goto(bakery.product.url);
    await page.waitForURL('**/today');
    await page.goto(bakery.at('api-keys'));
    await said('No answer came');
    await page.goto(bakery.at('goals'));
    await said('More orders for cake');
    await bakery.product.start();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(/You are offline/).waitFor({ state: 'detached' });
  });

  it('a draft survives closing the browser, is not promised to go out, and becomes one post', async () => {
    await page.goto(bakery.at('posts/new'));
    await text().waitFor();
    await bakery.product.stop();
    await text().fill('Rye comes out of the oven at seven.');
    await said('Kept on this device. Saved when there is a connection.');
    await page.getByRole('button', { name: /^Schedule for/ }).click();
    await said('Not scheduled');
    expect(new URL(page.url()).searchParams.get('draft')).toMatch(/^\w+$/);
    await browser.close();

    await openBrowser();
    await page.goto(bakery.at('today'));
    await said('1 draft is kept on this device and not saved yet.');
    await page.getByRole('link', { name: /^Open “Rye comes out/ }).click();
    expect(await text().inputValue()).toBe('Rye comes out of the oven at seven.');
    await text().fill('Rye comes out of the oven at eight.');
    await said('Kept on this device. Saved when there is a connection.');
    // A second one beside it, in another tab.
    const other = await browser.newPage();
    await other.goto(bakery.at('posts/new'));
    await other.getByLabel('Text', { exact: true }).first().fill('Spelt on Saturday.');
    await other.getByText('Kept on this device. Saved when there is a connection.').first().waitFor();
    expect(await text().inputValue()).toBe('Rye comes out of the oven at eight.');
    await other.close();

    await bakery.product.start();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const wished = ['Rye comes out of the oven at eight.', 'Spelt on Saturday.'];
    const isThere = (found: Awaited<ReturnType<typeof savedDrafts>>) =>
      wished.every((words) => found.some((it) => textOf(it) === words));
    expect((await until(savedDrafts, isThere, 60_000)).length).toBe(2);
    await said('Saved');
    await page.getByText('kept on this device and not saved yet').waitFor({ state: 'detached' });
  });

  it('what was changed here and elsewhere is brought together; what differs is shown with both texts', async () => {
    const [first] = (await savedDrafts()).filter((it) => textOf(it)?.startsWith('Rye'));
    if (!first) throw new Error('No draft.');
    await page.goto(bakery.at(`posts/${first.id}`));
    await text().waitFor();
    await keepsReading('posts.get');
    await bakery.product.stop();
    await text().fill('Rye, at eight, from us.');
    await said('Kept on this device. Saved when there is a connection.');
    await page.goto(bakery.at('goals'));
    await said('1 draft is kept on this device and not saved yet.');
    await bakery.product.start();
    const content = { parts: [{ text: 'Rye, at eight, from them.', media: [], link: null }] };
    const { id, revision, language, serves, variants } = first;
    const others = variants.map((it) => ({ channelId: it.channelId, content: it.content }));
    const changed = { content, variants: others, language, serves, pillar: 'teach' as const, plannedFor: null };
    await client.posts.update({ workspaceId, postId: id, revision, ...changed });
    await page.reload();
    await page.getByRole('link', { name: /^Open “Rye, at eight, from us/ }).click();
    await said('Rye, at eight, from them.');
    await page.locator('.conflict').getByText('Rye, at eight, from us.').waitFor();
    expect(await page.getByRole('button', { name: /^Teach/ }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Keep yours' }).click();
    const kept = await until(
      savedDrafts,
      (found) => found.some((it) => textOf(it) === 'Rye, at eight, from us.'),
      60_000,
    );
    expect(kept.find((it) => it.id === id)).toMatchObject({ pillar: 'teach' });
    expect(kept.length).toBe(2);
  });
});

describe('sharing from another app', { timeout: 300_000 }, () => {
  const share = async (fields: Record<string, string>, picture?: Buffer) => {
    // As a device does it: a form sent to the address in the manifest.
    await page.evaluate(
      ({ given, bytes }) => {
        const form = document.createElement('form');
        form.method = 'POST';
        form.action = '/share';
        form.enctype = 'multipart/form-data';
        for (const [name, value] of Object.entries(given)) {
          const input = document.createElement('input');
          input.name = name;
          input.value = value;
          form.append(input);
        }
        if (bytes) {
          const chosen = new DataTransfer();
          chosen.items.add(new File([new Uint8Array(bytes)], 'rye.png', { type: 'image/png' }));
          const input = document.createElement('input');
          input.type = 'file';
          input.name = 'pictures';
          input.files = chosen.files;
          form.append(input);
        }
        document.body.append(form);
        form.submit();
      },
      { given: fields, bytes: picture ? [...picture] : null },
    );
    await page.waitForURL('**/share?kept=*');
  };

  it('makes a draft of words, link and picture, when the person says so', async () => {
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a60' } })
      .png()
      .toBuffer();
    await page.goto(bakery.at('today'));
    await share({ title: 'Rye', text: 'Look at this crumb', url: 'https://bakery.example/rye' }, picture);
    await said('Look at this crumb');
    const before = (await savedDrafts()).length;
    await page.getByRole('button', { name: 'Make a draft' }).click();
    const drafts = await until(
      savedDrafts,
      (found) => found.some((it) => textOf(it)?.includes('crumb') && it.content.parts[0]?.media.length === 1),
      60_000,
    );
    expect(drafts.find((it) => textOf(it)?.includes('crumb'))?.content.parts[0]).toMatchObject({
      text: 'Rye\n\nLook at this crumb',
      link: 'https://bakery.example/rye',
    });
    expect(drafts.length).toBe(before + 1);
  });

  it('waits on the device until one has signed in', async () => {
    await browser.clearCookies();
    await page.goto(`${bakery.product.url}/sign-in`);
    await share({ text: 'For later' });
    await page.waitForURL('**/sign-in?**');
    await page.getByLabel('E-mail').fill('mali@bakery.example');
    await page.locator('input[type=password]').fill('sourdough at seven');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await said('For later');
    await page.getByRole('button', { name: 'Make a draft' }).click();
    await until(savedDrafts, (found) => found.some((it) => textOf(it) === 'For later'), 60_000);
  });
});

describe('a notice pushed', { timeout: 300_000 }, () => {
  let cdp: CDPSession;

  it('is shown as the server sent it, sealed for a browser, and leads to its own address only', async () => {
    await until(
      async () => pushes.received.length,
      (count) => count > 0,
      120_000,
    );
    const message = pushes.received[0]?.message;

    await page.goto(bakery.at('goals'));
    await browser.grantPermissions(['notifications'], { origin: bakery.product.url });
    cdp = await browser.newCDPSession(page);
    const found = new Promise<string>((resolve) =>
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [one] = registrations;
        if (one) resolve(one.registrationId);
      }),
    );
    await cdp.send('ServiceWorker.enable');
    // The browser's own push service cannot be reached from here: the message is handed to its worker where that would.
    const registrationId = await found;
    const data = JSON.stringify(message);
    const deliver = () =>
      cdp.send('ServiceWorker.deliverPushMessage', { origin: bakery.product.url, registrationId, data });
    const shown = await until(
      async () => {
        // A worker that is just waking up may miss one; with its tag, a second one takes the place of the first.
        await deliver();
        return page.evaluate(async () => {
          const registration = await navigator.serviceWorker.ready;
          const notices = await registration.getNotifications();
          return notices.map(({ title, body, lang, data }) => ({ title, body, lang, data: data as unknown }));
        });
      },
      (notices) => notices.length > 0,
      60_000,
    );
    expect(shown).toEqual([
      {
        title: expect.stringContaining('Nok'),
        body: expect.stringContaining('Mali’s Bakery'),
        lang: 'en',
        data: { url: `/w/${workspaceId}/members` },
      },
    ]);
  });

  it('brings an open tab to where it is about', async () => {
    // What the worker tells the tab when one presses; a tab hears it from a moment after it was loaded on.
    const tell = (path: string) =>
      page.evaluate((to) => {
        navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { kind: 'go', path: to } }));
      }, path);
    const go = () => tell(`/w/${workspaceId}/members`).then(() => page.url());
    await until(go, (url) => url.endsWith('/members'), 60_000);
  });
});

describe('signing out', { timeout: 300_000 }, () => {
  it('removes what was read, written and shared here', async () => {
    await page.goto(bakery.at('goals'));
    await said('More orders for cake');
    await keepsReading('goals.list');
    await page
      .getByRole('button', { name: /your menu/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await until(keptReading, (kept) => kept.length === 0, 60_000);
    expect(await page.evaluate(() => Object.keys(localStorage).filter((it) => /draft|reader/.test(it)))).toEqual([]);
    await bakery.product.stop();
    await page.goto(bakery.at('goals'));
    await said('No answer came');
    expect(await page.getByText('More orders for cake').count()).toBe(0);
  });
});
