import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '#contract/terms.ts';
import { findBarriers } from './find-barriers.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();

const words = {
  en: {
    name: 'Corner Café',
    address: 'corner-cafe',
    next: 'Next',
    proposal: 'See the proposal',
    industry: 'Kind of business',
    own: 'In your own words',
    place: 'Place',
    buyers: 'Your buyers',
    phone: 'Telephone',
    way: 'They order or write by',
    line: 'Your name on LINE',
    call: 'Call 081-234-5678',
    written: 'Your first post is written',
    read: /^Read the draft/,
    add: 'Add an account',
    handle: 'Name there',
    network: 'Network',
    later: 'Go on later',
    minutes: 'Minutes a week',
    wish: 'Fill the quiet mornings',
    make: 'Make it so',
    adopt: /^Yes, it is ours/,
    notYet: 'Not yet yours',
    here: /^Only this computer can open this address/,
    lastStep: /^One step is left/,
  },
  th: {
    name: 'ร้านขนมคุณมาลี',
    address: 'ran-khanom-khun-mali',
    next: 'ต่อไป',
    proposal: 'ดูแผนที่แนะนำ',
    industry: 'ประเภทธุรกิจ',
    own: 'เล่าถึงธุรกิจของคุณ',
    place: 'สถานที่',
    buyers: 'ลูกค้าของคุณ',
    phone: 'โทรศัพท์',
    way: 'ช่องทางจอง สั่งซื้อ หรือแชต',
    line: 'LINE ID หรือ @ ของร้าน',
    call: 'โทร 081-234-5678',
    written: 'โพสต์แรกของคุณร่างไว้แล้ว',
    read: /^อ่านฉบับร่าง/,
    add: 'เพิ่มบัญชี',
    handle: 'ชื่อเพจหรือชื่อบัญชี',
    network: 'เครือข่าย',
    later: 'ทำต่อทีหลัง',
    minutes: 'นาทีต่อสัปดาห์',
    wish: 'เติมลูกค้าให้เช้าที่เงียบ',
    make: 'สร้างตามนี้',
    adopt: /^ยืนยัน/,
    notYet: 'รอคุณยืนยัน',
    here: /^ที่อยู่นี้เปิดได้จากคอมพิวเตอร์เครื่องนี้เท่านั้น/,
    lastStep: /^เหลืออีกขั้นเดียว/,
  },
} as const satisfies Partial<Record<Language, unknown>>;

const runs = [
  { language: 'en', width: 1280, height: 900, colorScheme: 'light' },
  { language: 'th', width: 390, height: 844, colorScheme: 'dark' },
  { language: 'en', width: 390, height: 844, colorScheme: 'dark' },
  { language: 'th', width: 1280, height: 900, colorScheme: 'light' },
] as const;

describe.for(runs)('the interview in $language at $width px', { timeout: 150_000 }, ({ language, ...look }) => {
  // Another business each time: an address belongs to one.
  const { name, address } = words[language];
  const say = { ...words[language], name: `${name} ${look.width}`, address: `${address}-${look.width}` };
  let workspaceId: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    await bakery.client.me.update({ language });
    ({ id: workspaceId } = await bakery.client.workspaces.create({ name: say.name, language, zone: 'Asia/Bangkok' }));
    context = await bakery.openContext(bakery.cookie, { ...look, reducedMotion: 'reduce' });
    page = await bakery.openTab(context, `/w/${workspaceId}/begin`);
  });
  afterAll(() => context?.close());

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const at = (step: string) => page.waitForURL(`**/begin?at=${step}`);

  it('keeps what is typed over a reload, and goes on elsewhere where it was left', async () => {
    await page.getByLabel(say.industry).selectOption('cafe');
    await page.getByLabel(say.own).fill('We roast our own coffee.');
    await page.getByLabel(say.place, { exact: true }).fill('Hanoi');
    await page.reload();
    expect(await page.getByLabel(say.own).inputValue()).toBe('We roast our own coffee.');
    await examine();
    await press(say.next);
    await at('buyers');
    await page.getByLabel(say.buyers).fill('Neighbours');
    await page.getByLabel(say.phone, { exact: true }).fill('081-234-5678');
    await page.getByLabel(say.way).selectOption('whatsapp');
    const number = page.locator('input[name="contact-whatsapp"]');
    await number.fill('081 234 5678');
    await press(say.next);
    // It stays here and says why, until the number is one that somebody can be reached by, or another way is chosen.
    await expect.poll(() => number.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText(/\+\d\d/).count()).toBe(1);
    await page.getByLabel(say.way).selectOption('line');
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
    await page.getByLabel(say.line).fill('@corner');
    await page.getByText(/line\.me\/R\/ti\/p\/@corner/).waitFor();
    await examine();
    await press(say.next);
    await at('accounts');
    await page.getByRole('button', { name: say.add }).click();
    await page.getByLabel(say.handle).fill('corner');
    await examine();
    await press(say.later);
    await page.waitForURL((url) => !url.pathname.endsWith('/begin'));
    const elsewhere = await bakery.openTab(context, `/w/${workspaceId}/begin`);
    await elsewhere.getByLabel(say.handle).waitFor();
    expect(await elsewhere.getByLabel(say.handle).inputValue()).toBe('corner');
    await elsewhere.close();
  });

  it('shows both answers when somebody else answered the same question meanwhile', async () => {
    await page.goto(new URL(`/w/${workspaceId}/begin?at=minutes`, page.url()).href);
    await page.getByLabel(say.minutes).fill('90');
    const { revision, answers } = await bakery.client.onboarding.get({ workspaceId });
    await bakery.client.onboarding.save({
      workspaceId,
      revision,
      at: 'minutes',
      skipped: [],
      answers: { ...answers, minutes: 33 },
    });
    await press(say.next);
    const notice = page.getByRole('alert');
    await notice.getByText(/33/).waitFor();
    await examine();
    expect(await page.getByLabel(say.minutes).inputValue()).toBe('90');
    await notice.getByRole('button').first().click();
    await at('wish');
    expect((await bakery.client.onboarding.get({ workspaceId })).answers.minutes).toBe(90);
  });

  it('ends with a proposal, makes it in one press, and leads to the draft', async () => {
    await page.getByLabel(say.wish).check();
    await examine();
    await press(say.proposal);
    await at('proposal');
    await page.getByRole('button', { name: say.make }).waitFor();
    expect(await page.locator(`input[value="${say.address}"]`).count()).toBe(1);
    await page.getByText(say.here).waitFor();
    await examine();
    await page.getByRole('button', { name: say.make }).click();
    await page.waitForURL('**/posts/*');
    await page.getByText(say.lastStep).waitFor();
    await page.waitForFunction(
      (name) =>
        !document.querySelector('.begin-steps') &&
        [...document.querySelectorAll('textarea')].some(({ value }) => value.includes(name)),
      say.name,
    );
    const { items } = await bakery.client.goals.list({ workspaceId });
    expect(items).toMatchObject([{ yours: false, target: { kind: 'number' } }]);
    const shown = await bakery.openTab(context, `/p/${say.address}`);
    await shown.getByText('We roast our own coffee.').first().waitFor();
    await shown.getByText('Hanoi').first().waitFor();
    expect(await shown.getByRole('link', { name: say.call }).getAttribute('href')).toBe('tel:0812345678');
    expect(await shown.getByRole('link', { name: /LINE/ }).count()).toBe(1);
    await shown.close();
  });

  it('leads from the morning page to the draft that is written, and past it nowhere', async () => {
    const draft = new URL(page.url()).pathname;
    await page.goto(new URL(`/w/${workspaceId}/today`, page.url()).href);
    await page.getByRole('heading', { name: say.written }).waitFor();
    expect(await page.locator('main a[href*="/posts/new"]').count()).toBe(0);
    await examine();
    await page.locator('main').getByRole('link', { name: say.read }).click();
    await page.waitForURL(`**${draft}`);
  });

  it('marks the guessed goal until somebody says yes; the wish they chose is theirs already', async () => {
    await page.goto(new URL(`/w/${workspaceId}/goals`, page.url()).href);
    await page.getByText(say.notYet, { exact: true }).waitFor();
    await examine();
    await page.getByRole('button', { name: say.adopt }).click();
    await page.getByText(say.notYet, { exact: true }).waitFor({ state: 'detached' });
    for (const room of ['goals', 'objectives'] as const)
      expect((await bakery.client[room].list({ workspaceId })).items).toMatchObject([{ yours: true }]);
    await page.goto(new URL(`/w/${workspaceId}/begin`, page.url()).href);
    await page.locator('.begin-shares').waitFor();
    await examine();
    expect(bakery.complaints).toEqual([]);
  });

  /** No barrier axe can find, nothing wider than the window. */
  async function examine() {
    const found = await findBarriers(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 1) found.push(`${wider} px wider than the window`);
    expect(found).toEqual([]);
  }
});
