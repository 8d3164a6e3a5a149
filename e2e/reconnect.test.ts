import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { findBarriers } from './find-barriers.ts';
import { openPracticeShop, type PracticeChannel } from './practice.ts';
import { until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery({ settings: () => ({ PRIVATE_RANGES: '127.0.0.0/8' }) });
let practice: PracticeServer;
const phone = { width: 390, height: 844, reducedMotion: 'reduce' } as const;

beforeAll(async () => {
  practice = await startPractice();
}, 60_000);
afterAll(() => practice?.stop());

/** A channel whose sign-in was taken away, with a post that waits for it. */
async function loseChannel(handle: string): Promise<PracticeChannel & { postId: string }> {
  const { client, workspaceId } = bakery;
  const channel = await openPracticeShop({ client, workspaceId, practice }).openChannel(handle, 'keyed');
  await practice.control('revoke', { account: handle });
  const postId = await channel.publish('Fresh rolls at seven.');
  await channel.untilState(postId, 'held');
  return { ...channel, postId };
}

async function expectNoFlaws(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
}

const words = {
  en: {
    locale: 'en-GB',
    asks: (handle: string) => `Mali’s Bakery asks you to connect ${handle} on Practice network again`,
    done: (handle: string) => `${handle} is connected to Practice network again`,
    spent: 'This link no longer works',
  },
  th: {
    locale: 'th-TH',
    asks: (handle: string) => `Mali’s Bakery ขอให้คุณเชื่อมต่อ ${handle}`,
    done: (handle: string) => `เชื่อมต่อ ${handle} กับ`,
    spent: 'ลิงก์นี้ใช้ไม่ได้แล้ว',
  },
} as const;

describe('the owner of an account, who has no seat', { timeout: 180_000 }, () => {
  it.for(['en', 'th'] as const)('connects it again by a link, on a telephone, in %s', async (language) => {
    const said = words[language];
    const handle = `bakery-${language}`;
    const channel = await loseChannel(handle);
    const maker = await bakery.openPage(bakery.at(`channels/${channel.channelId}`), phone);
    await maker.getByText('Sign-in no longer works', { exact: true }).waitFor();
    await maker.getByRole('button', { name: 'Make a link' }).press('Enter');
    const link = await maker.getByLabel('Link to connect again').inputValue();
    await maker.getByText('Open links').waitFor();
    await expectNoFlaws(maker);

    const context = await bakery.openContext(undefined, { ...phone, locale: said.locale });
    const page = await bakery.openTab(context, link);
    await page.getByRole('heading', { level: 1, name: said.asks(handle) }).waitFor();
    await expectNoFlaws(page);
    // The server is the account's own: it is shown, and not asked.
    await page.getByText(practice.url, { exact: false }).first().waitFor();
    const password = page.locator('input[name="connect-password"]');
    await password.fill('quite wrong');
    await password.press('Enter');
    await page.getByRole('alert').first().waitFor();
    await expectNoFlaws(page);
    await password.fill(channel.account.password);
    await password.press('Enter');
    await page.getByRole('heading', { level: 1, name: said.done(handle) }).waitFor();
    await expectNoFlaws(page);

    await channel.untilState(channel.postId, 'published');
    expect(channel.accepted()).toEqual(['Fresh rolls at seven.']);
    // Whoever looks at the channel sees it without asking anew.
    await maker.getByText('Connected', { exact: true }).first().waitFor();
    const again = await bakery.openTab(context, 'about:blank');
    await again.goto(link);
    await again.getByRole('heading', { level: 1, name: said.spent }).waitFor();
    await expectNoFlaws(again);
    await Promise.all([context.close(), maker.context().close()]);
    expect(bakery.complaints).toEqual([]);
  });

  it('is shown nothing by half a link', async () => {
    const context = await bakery.openContext(undefined, phone);
    const page = await bakery.openTab(context, '/reconnect#abc');
    await page.getByRole('heading', { level: 1, name: 'This link is not complete' }).waitFor();
    await expectNoFlaws(page);
    await context.close();
  });
});

it('what is planned after the end of a channel is counted where one plans and looks', {
  timeout: 180_000,
}, async () => {
  const { client, workspaceId } = bakery;
  const { handle, password } = await practice.openAccount('ends-soon', { signInLifeMs: 3 * 86_400_000 });
  const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: 'Noodle stall' });
  const values = { server: practice.url, identifier: handle, password };
  await client.channels.connect({ workspaceId, channelId, values });
  for (const days of [2, 4, 5]) {
    const local = Temporal.Now.zonedDateTimeISO('Asia/Bangkok')
      .add({ days })
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
    const content = { parts: [{ text: `In ${days} days`, media: [], link: null }] };
    const { id: postId, revision } = await client.posts.create({ workspaceId, content, variants: [{ channelId }] });
    await client.posts.schedule({ workspaceId, postId, revision, at: { local, zone: 'Asia/Bangkok' } });
  }
  const page = await bakery.openPage(bakery.at('today'), phone);
  await page.getByRole('heading', { name: /Goalpost cannot post to Noodle stall after/ }).waitFor();
  await expectNoFlaws(page);
  for (const screen of ['calendar', `channels/${channelId}`]) {
    await page.goto(bakery.at(screen));
    await page.getByText('2 posts are planned after that', { exact: false }).first().waitFor();
    await expectNoFlaws(page);
  }
  await page.context().close();
});

it('sign-ins are renewed by themselves, and one that fails is said quietly', { timeout: 300_000 }, async () => {
  const { client, workspaceId } = bakery;
  const connect = async (name: string) => {
    const { handle, password } = await practice.openAccount(name, { accessLifeMs: 30_000 });
    const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name });
    const values = { server: practice.url, identifier: handle, password };
    await client.channels.connect({ workspaceId, channelId, values });
    return { workspaceId, channelId };
  };
  const failing = await connect('stubborn');
  await practice.misbehave({ kind: 'empty-answer' }, { account: 'stubborn', call: 'refresh', times: null });
  const fine = await connect('willing');
  await until(
    () => client.channels.get(fine),
    ({ connection }) => connection.renewedAt !== null,
    150_000,
  );
  await until(
    () => client.channels.get(failing),
    ({ connection }) => connection.renewalFailingSince !== null,
    150_000,
  );
  const page = await bakery.openPage(bakery.at(`channels/${failing.channelId}`), phone);
  await page.getByText('nothing is needed from you now', { exact: false }).waitFor();
  await page.getByText('Connected', { exact: true }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await expectNoFlaws(page);
  await page.goto(bakery.at(`channels/${fine.channelId}`));
  await page.getByText('It was last renewed by itself', { exact: false }).waitFor();
  await expectNoFlaws(page);
  await page.context().close();
});
