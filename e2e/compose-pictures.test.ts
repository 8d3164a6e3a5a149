import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { videoPath } from '#test/videos/index.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

const bakery = useBakery();
let context: BrowserContext;
let client: Client;
let page: Page;
let workspaceId: string;

beforeAll(async () => {
  ({ client, workspaceId } = bakery);
  await bakery.openOwnPage();
  page = await bakery.openPage();
  context = page.context();
});

const picture = async (name: string, background: string) => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .png()
    .toBuffer(),
});
const words = () => page.locator('.picture-words');
const untilPictures = (count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('.picture-words').length === wanted, count);
const draft = async () => (await client.posts.list({ workspaceId, state: 'draft' })).items[0];
const untilKept = (alts: string[]) =>
  until(
    async () => (await draft())?.content.parts[0]?.media.map((it) => it.alt),
    (it) => JSON.stringify(it) === JSON.stringify(alts),
    15_000,
  );
/** Files as the browser brings them, dropped on the text or pasted into it. */
const bring = async (how: 'drop' | 'paste', file: { name: string; mimeType: string; buffer: Buffer }) =>
  page
    .locator('.part-text')
    .first()
    .evaluate(
      (target, { type, name, mimeType, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
        const brought = new DataTransfer();
        brought.items.add(new File([bytes], name, { type: mimeType }));
        if (type === 'drop') {
          const event = { bubbles: true, cancelable: true, dataTransfer: brought };
          target.dispatchEvent(new DragEvent('dragover', event));
          target.dispatchEvent(new DragEvent('drop', event));
        } else {
          (target as HTMLElement).focus();
          target.dispatchEvent(
            new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: brought }),
          );
        }
      },
      { type: how, name: file.name, mimeType: file.mimeType, base64: file.buffer.toString('base64') },
    );

describe('pictures in the composer', { timeout: 120_000 }, () => {
  it('takes several at once, dropped and pasted ones, and says of one that is none what to do', async () => {
    await page.goto(bakery.at('compose'));
    await page.locator('.part-text').first().fill('Fresh rye at seven.');
    const film = { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.from('moving') };
    await page
      .locator('input[type=file]')
      .setInputFiles([await picture('first.png', '#b5793c'), film, await picture('second.png', '#4f7b5a')]);
    await untilPictures(2);
    const refused = page.getByRole('alert').filter({ hasText: 'Use a JPEG, PNG, WebP or GIF' });
    await refused.waitFor();
    await bring('drop', await picture('dropped.png', '#884433'));
    await untilPictures(3);
    await bring('paste', await picture('pasted.png', '#334488'));
    await untilPictures(4);
    await page.keyboard.press('Control+Enter');
    await page.getByText('A picture was not taken.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Take film.mov out' }).click();
    await refused.waitFor({ state: 'detached' });
  });

  it('asks for words that say what one sees, and is not content with the name of the file', async () => {
    await page.getByText('For people who do not see it', { exact: false }).first().waitFor();
    await words().nth(0).fill('first.png');
    await page.getByText('This is the name of the file', { exact: false }).waitFor();
    for (const [at, alt] of ['one', 'two', 'three', 'four'].entries()) await words().nth(at).fill(alt);
    await untilKept(['one', 'two', 'three', 'four']);
  });

  it('changes the order by keys, said aloud and with the focus kept, by button, and by dragging', async () => {
    await words().nth(0).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('status').filter({ hasText: 'Picture 2 of 4 now.' }).waitFor({ state: 'attached' });
    expect(await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe('one');
    await untilKept(['two', 'one', 'three', 'four']);
    const lower = page.getByRole('button', { name: 'Move picture 3 later' });
    await lower.click();
    await untilKept(['two', 'one', 'four', 'three']);
    const box = async (at: number) => (await page.locator('.picture-sight').nth(at).boundingBox()) ?? { x: 0, y: 0 };
    const [from, to] = [await box(3), await box(0)];
    await page.mouse.move(from.x + 36, from.y + 36);
    await page.mouse.down();
    await page.mouse.move(to.x + 36, to.y + 20, { steps: 8 });
    await page.mouse.move(to.x + 36, to.y + 8, { steps: 3 });
    await page.locator('[data-edge="before"]').waitFor();
    await page.mouse.up();
    await untilKept(['three', 'two', 'one', 'four']);
  });

  it('takes a picture out with a way back to its place and its words', async () => {
    await page.getByRole('button', { name: 'Remove picture 2' }).click();
    await untilKept(['three', 'one', 'four']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await untilKept(['three', 'two', 'one', 'four']);
  });

  it('keeps a picture that could not be sent over a reload, and brings it when there is a line again', async () => {
    await context.route('**/media', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await page.locator('input[type=file]').setInputFiles([await picture('late.png', '#222288')]);
    await page.getByText('No answer came. The picture is kept', { exact: false }).waitFor();
    await page.reload();
    await page.getByText('No answer came. The picture is kept', { exact: false }).waitFor();
    await context.unroute('**/media');
    await page.getByRole('button', { name: 'Try late.png again' }).click();
    await untilPictures(5);
    await untilKept(['three', 'two', 'one', 'four', '']);
    expect(await page.getByText('late.png').count()).toBe(0);
  });

  it('brings a picture into the words it was chosen for, though other words are on the screen when it arrives', async () => {
    const before = await draft();
    if (!before) throw new Error('There is no draft.');
    // Words of its own: only then there are two texts to choose from.
    const variants = before.variants.map(({ channelId }) => ({ channelId, content: before.content }));
    await client.posts.update({ workspaceId, postId: before.id, revision: before.revision, variants });
    await page.reload();
    await page.getByRole('tab', { name: 'Own page' }).click();
    await page.locator('.part-text').first().fill('Only on our own page.');
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    await context.route('**/media', async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('input[type=file]').setInputFiles([await picture('own.png', '#228822')]);
    await page.getByText('own.png').waitFor();
    await page.getByRole('tab', { name: 'Base text' }).click();
    open();
    await until(draft, (it) => it?.variants[0]?.content?.parts[0]?.media.length === 6, 15_000);
    expect((await draft())?.content.parts[0]?.media).toHaveLength(5);
    await context.unroute('**/media');
  });

  it('shows what will go out, and plays on the own page the video that was chosen', async () => {
    await page.goto(bakery.at('compose'));
    await page.locator('.part-text').first().fill('The oven at six.');
    await page.locator('input[type=file]').setInputFiles(videoPath('clip.webm'));
    await page.getByLabel('What video 1 shows').fill('Bread rises in the oven');
    await page.getByText('WEBM, 160 × 120, 6 KB').waitFor();
    // The still is one that the browser took of it.
    await page.waitForFunction(() => {
      const still = document.querySelector<HTMLImageElement>('.picture-sight img');
      return still?.complete === true && still.naturalWidth > 0;
    });
    const { items } = await client.media.list({ workspaceId });
    const still = await fetch(new URL(items[0]?.posterUrl ?? '', bakery.product.url));
    const { channels } = await sharp(new Uint8Array(await still.arrayBuffer())).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(30);
    await page.getByRole('button', { name: 'Publish now' }).first().click();
    const out = await until(
      async () => (await client.deliveries.list({ workspaceId })).items.find(({ state }) => state === 'published'),
      (it) => it !== undefined,
      30_000,
    );
    await page.goto(out?.parts[0]?.address ?? '');
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 1);
    expect(await page.locator('video').getAttribute('aria-label')).toBe('Bread rises in the oven');
  });
});
