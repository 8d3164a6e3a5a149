import type { Locator, Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const zone = 'Asia/Bangkok';
/** The Sunday of the week after next, with which its week begins here: all of it lies ahead, whatever day it is. */
const sunday = (() => {
  const today = Temporal.Now.plainDateISO(zone);
  return today.add({ days: 14 - (today.dayOfWeek % 7) });
})();
const on = (day: number, time: string) => `${sunday.add({ days: day })}T${time}`;

const bakery = useBakery();
let client: Client;
let page: Page;
let workspaceId: string;
let channelId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  channelId = await bakery.openOwnPage();
  page = await bakery.openPage();
});

async function write(text: string) {
  const content = { parts: [{ text, media: [], link: null }] };
  return client.posts.create({ workspaceId, content, variants: [{ channelId }] });
}
async function plan(text: string, local: string): Promise<string> {
  const { id: postId, revision } = await write(text);
  await client.posts.schedule({ workspaceId, postId, revision, at: { local, zone } });
  return postId;
}
const plannedAt = async (postId: string) =>
  (await client.posts.get({ workspaceId, postId })).plannedFor?.local.slice(0, 16);
const untilAt = (postId: string, local: string) =>
  until(
    () => plannedAt(postId),
    (it) => it === local,
    15_000,
  );
const card = (text: string) => page.locator('.slot').filter({ hasText: text });
const words = (text: string) => card(text).getByRole('link');
const day = (number: number) => page.locator('.day').nth(number);
const showWeek = async () => {
  await page.goto(bakery.at(`calendar?week=${sunday}`));
  await page.locator('.day').first().waitFor();
};
/** A point in a place, as soon as the place has stood still for a third of a second: what is asked for comes in parts. */
async function inside(place: Locator, share: number) {
  let before = '';
  for (;;) {
    const box = await place.boundingBox();
    const here = JSON.stringify(box);
    if (box && here === before) return { x: box.x + box.width / 2, y: box.y + box.height * share };
    before = here;
    await page.waitForTimeout(300);
  }
}
/** Drags as a hand does: pressed, moved in steps, after the place where it has moved away, let go when that takes it. */
async function drag(from: Locator, place: Locator, share: number, taken = page.locator('.slot-line')) {
  await from.hover();
  await inside(place, share);
  const start = await inside(from, 0.2);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await until(
    async () => {
      const to = await inside(place, share);
      await page.mouse.move(to.x - 8, to.y - 4, { steps: 8 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
      return taken.count();
    },
    (count) => count > 0,
    20_000,
  );
  await page.mouse.up();
}

describe('the week', { timeout: 120_000 }, () => {
  it('moves a post by dragging it to another day, where it keeps its hour, and back by the way back', async () => {
    const postId = await plan('Sourdough at seven', on(0, '10:00'));
    await showWeek();
    await drag(card('Sourdough at seven'), day(2), 0.8);
    await page.getByText('Moved to', { exact: false }).waitFor();
    expect(await plannedAt(postId)).toBe(on(2, '10:00'));
    await page.getByRole('button', { name: 'Undo' }).click();
    await untilAt(postId, on(0, '10:00'));
    await day(0).getByText('Sourdough at seven').waitFor();
  });

  it('puts a post dropped between two others half-way between their times', async () => {
    await plan('Early rolls', on(3, '12:00'));
    await plan('Late cake', on(3, '15:00'));
    const postId = await plan('In between', on(1, '08:00'));
    await showWeek();
    await drag(card('In between'), card('Late cake'), 0.1);
    await untilAt(postId, on(3, '13:30'));
  });

  it('moves a post that was taken up before the answer to its last move was on the screen', async () => {
    const postId = await plan('Twice over', on(4, '09:00'));
    await showWeek();
    const held: Route[] = [];
    let isHolding = true;
    await page.route(/\/api\/.*\/posts\?/, (route) => (isHolding ? held.push(route) : route.continue()));
    await words('Twice over').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await untilAt(postId, on(5, '09:00'));
    await until(
      async () => held.length,
      (count) => count > 0,
      15_000,
    );
    await page.keyboard.press('m');
    isHolding = false;
    for (const route of held) await route.continue();
    await page.getByText('Moved to', { exact: false }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await untilAt(postId, on(3, '09:00'));
    await page.unroute(/\/api\/.*\/posts\?/);
  });

  it('moves a post with the keyboard alone, says where it is, and leaves the focus on it', async () => {
    const postId = await plan('By keys', on(4, '10:00'));
    await showWeek();
    await words('By keys').focus();
    await page.keyboard.press('m');
    await page.getByRole('status').filter({ hasText: 'Arrow keys move it' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('status').filter({ hasText: 'Enter puts it there' }).waitFor();
    expect(await plannedAt(postId)).toBe(on(4, '10:00'));
    await page.keyboard.press('Enter');
    await untilAt(postId, on(5, '10:30'));
    await page.getByText('Moved to', { exact: false }).waitFor();
    expect(await words('By keys').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await day(5).getByText('By keys').waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowUp');
    await untilAt(postId, on(4, '10:00'));
  });

  it('carries a post into the next week, which is brought into view', async () => {
    const postId = await plan('Over the edge', on(6, '09:00'));
    await showWeek();
    await words('Over the edge').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`**week=${sunday.add({ days: 7 })}`);
    await day(0).getByText('Over the edge').waitFor();
    await page.keyboard.press('Enter');
    await untilAt(postId, on(7, '09:00'));
  });

  it('asks for the time of a draft dropped on a day, proposes the one used last, and schedules it', async () => {
    const { id: postId } = await write('From the tray');
    const { id: otherId } = await write('By its button');
    await showWeek();
    await drag(card('From the tray'), day(0), 0.3);
    await page.getByRole('dialog').getByLabel('Day').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Time').inputValue()).toMatch(/^[0-9]{2}:[0-9]{2}$/);
    await page.getByRole('dialog').getByLabel('Time').fill('16:45');
    await page.getByRole('dialog').getByRole('button', { name: 'Schedule' }).click();
    await untilAt(postId, on(0, '16:45'));
    expect((await client.posts.get({ workspaceId, postId })).state).toBe('scheduled');
    await day(0).getByText('From the tray').waitFor();

    await page.getByRole('button', { name: 'Plan “By its button”' }).click();
    await page
      .getByRole('dialog')
      .getByLabel('Day')
      .fill(String(sunday.add({ days: 1 })));
    await page.getByRole('dialog').getByLabel('Time').fill('12:30');
    await page.getByRole('button', { name: 'Keep as a draft for then' }).click();
    await untilAt(otherId, on(1, '12:30'));
    expect((await client.posts.get({ workspaceId, postId: otherId })).state).toBe('draft');
    const moved = page.locator('.toast').filter({ hasText: 'Moved to' });
    await moved.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Plan “By its button”' }).waitFor();
  });

  it('says of what is live why it cannot be moved', async () => {
    const { id: postId, revision } = await write('Out already');
    await client.posts.publishNow({ workspaceId, postId, revision });
    await until(
      () => client.posts.get({ workspaceId, postId }),
      (it) => it.state === 'published',
      30_000,
    );
    await page.goto(bakery.at('calendar'));
    await words('Out already').focus();
    await page.keyboard.press('m');
    await page.getByText('What is live keeps its time', { exact: false }).waitFor();
    expect(await card('Out already').getByRole('button').count()).toBe(0);
  });

  it('holds the week against the cadence, and leads to a post for a day that is free', async () => {
    const { items } = await client.channels.list({ workspaceId });
    const own = items.find((it) => it.id === channelId);
    if (!own) throw new Error('no channel');
    const { handle, address, purpose, ownerId, language, state, name, revision } = own;
    const about = { handle, address, purpose, ownerId, language, state, name };
    await client.channels.update({ workspaceId, channelId, revision, ...about, cadencePerWeek: 3 });
    await page.goto(bakery.at(`calendar?week=${sunday.add({ days: 70 })}`));
    await page.getByText('Mali’s Bakery: 0 of 3').waitFor();
    expect(await page.locator('.free-day').count()).toBe(3);
    await page.locator('.free-day').first().click();
    await page.waitForURL(`**/posts/new?on=${sunday.add({ days: 70 })}`);
    expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(String(sunday.add({ days: 70 })));
  });

  it('lists on the sheet what the keys do in the composer and in the calendar', async () => {
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Schedule it').waitFor();
    await page.keyboard.press('Escape');
    await showWeek();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Take the post up and move it').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.waitForURL('**view=month**');
    await page.keyboard.press('1');
    await page.locator('.week-week').waitFor();
  });
});

describe('the month', { timeout: 120_000 }, () => {
  // A month of its own, in which nothing else is planned.
  const month = sunday.add({ months: 3 }).toPlainYearMonth();
  const at = (number: number, time: string) => `${month.toPlainDate({ day: number })}T${time}`;
  const cell = (number: number) => page.locator('.month-day[data-other="false"]').nth(number - 1);
  const lines = (text: string) => page.locator('.month-line').filter({ hasText: text });
  const showMonth = async () => {
    await page.goto(bakery.at(`calendar?view=month&month=${month}`));
    await cell(1).waitFor();
  };

  it('has an address of its own, marks today, and goes to the months beside it', async () => {
    await page.goto(bakery.at('calendar?view=month'));
    await page.locator('.month-day[data-today="true"]').waitFor();
    await showMonth();
    await page.keyboard.press('n');
    await page.waitForURL(`**month=${month.add({ months: 1 })}`);
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.waitForURL(`**month=${month}`);
  });

  it('moves a post by dragging it to another day at its own hour, and by keys a week on', async () => {
    const postId = await plan('Across the month', at(10, '10:30'));
    await showMonth();
    await drag(lines('Across the month'), cell(12), 0.7, cell(12).and(page.locator('[data-over="true"]')));
    await untilAt(postId, at(12, '10:30'));
    await cell(12).getByText('Across the month').waitFor();
    await lines('Across the month').getByRole('link').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('status').filter({ hasText: 'Enter puts it there' }).waitFor();
    await page.keyboard.press('Enter');
    await untilAt(postId, at(18, '10:30'));
    const link = lines('Across the month').getByRole('link');
    expect(await link.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('says how many more there are on a full day, and leads to that day in its week', async () => {
    for (const hour of ['08', '09', '10', '11', '12']) await plan(`Full ${hour}`, at(20, `${hour}:00`));
    await showMonth();
    expect(await cell(20).locator('.month-line').count()).toBe(2);
    await cell(20).getByText('+3 more').click();
    await page.waitForURL(`**week=${at(20, '').slice(0, 10)}#**`);
    await card('Full 12').waitFor();
    await page.waitForFunction(
      (id) => document.getElementById(id)?.contains(document.activeElement),
      `day-${at(20, '').slice(0, 10)}`,
    );
  });

  it('composes for an empty day that is pressed', async () => {
    await showMonth();
    const place = await inside(cell(5), 0.95);
    await page.mouse.click(place.x, place.y);
    await page.waitForURL(`**/posts/new?on=${at(5, '').slice(0, 10)}`);
  });

  it('shows on a phone, in Thai, the posts of the day that is pressed, and moves one by its menu', async () => {
    await client.me.update({ language: 'th' });
    await page.setViewportSize({ width: 390, height: 844 });
    const postId = await plan('ขนมปังเดือนหน้า', at(15, '07:00'));
    await page.goto(bakery.at(`calendar?view=month&month=${month}`));
    await page.locator('.month-small button[data-other="false"]').nth(14).click();
    await card('ขนมปังเดือนหน้า').waitFor();
    await page.keyboard.press('ArrowRight');
    await card('ขนมปังเดือนหน้า').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'ย้าย “ขนมปังเดือนหน้า”' }).click();
    await page.getByRole('dialog').getByLabel('เวลา').fill('08:45');
    await page.getByRole('dialog').getByRole('button', { name: 'ย้าย', exact: true }).click();
    await untilAt(postId, at(15, '08:45'));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

describe('the week on a phone', { timeout: 120_000 }, () => {
  it('moves a post by its menu on a phone, in Thai', async () => {
    const postId = await plan('ขนมปังเช้า', on(2, '07:00'));
    await client.me.update({ language: 'th' });
    await page.setViewportSize({ width: 390, height: 844 });
    await showWeek();
    await page.getByRole('button', { name: 'ย้าย “ขนมปังเช้า”' }).click();
    await page.getByRole('dialog').getByLabel('เวลา').fill('08:15');
    await page.getByRole('dialog').getByRole('button', { name: 'ย้าย', exact: true }).click();
    await untilAt(postId, on(2, '08:15'));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
