import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#contract/terms.ts';
import { openBrowser } from './browser.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpOwnerIn, until } from './product.ts';

let installation: Installation;
let product: Product;
let browser: Browser;
let client: Client;
let cookie: { name: string; value: string };
let inWorkspace: (path: string) => string;
let screens: Record<string, string>;

beforeAll(async () => {
  installation = await makeInstallation();
  product = await installation.start();
  browser = await openBrowser();
  const signedUp = await signUpOwnerIn(installation.url);
  client = signedUp.client;
  cookie = signedUp.cookie;
  screens = await furnish();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  installation?.remove();
});

/** A workspace in which every screen has something to show; returns the address of each. */
async function furnish(): Promise<Record<string, string>> {
  const { id: workspaceId } = await client.workspaces.create({
    name: 'Mali’s Bakery',
    language: 'th',
    zone: 'Asia/Bangkok',
  });
  inWorkspace = (path) => `${installation.url}/w/${workspaceId}/${path}`;
  const objective = await client.objectives.create({ workspaceId, title: 'Fill the quiet mornings' });
  const goal = await client.goals.create({
    workspaceId,
    title: 'More people who talk with us about bread and everything that goes with it',
    metric: 'engagement',
    target: { kind: 'number', value: 200 },
    deadlineOn: '2027-03-31',
    objectiveId: objective.id,
    means: [{ what: 'A camera', atHand: false }],
  });
  await client.initiatives.create({
    workspaceId,
    goalId: goal.id,
    title: 'One post a day',
    startsOn: '2026-12-01',
    end: { kind: 'target-reached' },
  });
  const page = await client.page.open({ workspaceId, address: 'malis-bakery', title: 'Mali’s Bakery' });
  await client.channels.create({ workspaceId, network: 'instagram', name: 'Old Instagram', state: 'dormant' });
  const serves = { kind: 'goal' as const, goalId: goal.id };
  const content = { parts: [{ text: 'ขนมปังอบใหม่ทุกเช้า 🥖 น้ำพริก ปั้นด้วยมือ', media: [], link: null }] };
  const draft = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  const due = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  const when = Temporal.Now.zonedDateTimeISO('Asia/Bangkok').add({ hours: 2 }).toPlainDateTime();
  const at = { local: when.toString({ smallestUnit: 'minute' }), zone: 'Asia/Bangkok' };
  await client.posts.schedule({ workspaceId, postId: due.id, revision: due.revision, at });
  const live = await client.posts.create({ workspaceId, content, serves, variants: [{ channelId: page.channelId }] });
  await client.posts.publishNow({ workspaceId, postId: live.id, revision: live.revision });
  await until(
    () => client.posts.get({ workspaceId, postId: live.id }),
    (post) => post.state === 'published',
    20_000,
  );
  return {
    goals: inWorkspace('goals'),
    goal: inWorkspace(`goals/${goal.id}`),
    'new goal': inWorkspace('goals/new'),
    'edit goal': inWorkspace(`goals/${goal.id}/edit`),
    objectives: inWorkspace('objectives'),
    channels: inWorkspace('channels'),
    channel: inWorkspace(`channels/${page.channelId}`),
    'new channel': inWorkspace('channels/new'),
    'connect Bluesky': inWorkspace('channels/new?network=bluesky'),
    'known channel': inWorkspace('channels/new?network=known'),
    'new post': inWorkspace('compose'),
    draft: inWorkspace(`posts/${draft.id}`),
    'live post': inWorkspace(`posts/${live.id}`),
    week: inWorkspace('calendar'),
    list: inWorkspace('calendar?view=list'),
    drafts: inWorkspace('calendar?view=drafts'),
    deliveries: inWorkspace('deliveries'),
    settings: inWorkspace('settings'),
    welcome: `${installation.url}/welcome`,
    'own page': `${installation.url}/p/malis-bakery`,
  };
}

const looks = [
  { name: 'desktop, light', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'phone, dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

describe.for(looks)('every screen, $name', { timeout: 120_000 }, (look) => {
  it.for(languages)(
    'in %s: no barrier axe can find, nothing wider than the window, no key instead of a text',
    async (language) => {
      await client.me.update({ language });
      const context = await browser.newContext({
        viewport: look,
        colorScheme: look.colorScheme,
        reducedMotion: 'reduce',
      });
      await context.addCookies([{ ...cookie, url: installation.url }]);
      const page = await context.newPage();
      const found: string[] = [];
      for (const [name, address] of Object.entries(screens)) {
        await page.goto(address);
        await page.locator('main h1, article, main').first().waitFor();
        await page.waitForLoadState('networkidle');
        found.push(...(await findBarriers(page)).map((it) => `${name}: ${it}`));
        found.push(...(await findFlaws(page)).map((it) => `${name}: ${it}`));
      }
      await context.close();
      expect(found).toEqual([]);
    },
  );
});

async function findBarriers(page: Page): Promise<string[]> {
  // The page's own policy lets no script in; the browser's debugger may.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(
      ({ id, nodes }) =>
        `${id} at ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
    );
  });
}

function findFlaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const flaws: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth + 1) flaws.push(`wider than the window: ${scrollWidth} > ${clientWidth}`);
    // biome-ignore lint/performance/useDomNodeTextContent: only what is shown, with its spaces
    const words =
      document.body.innerText.match(/(?<![\w/@.-])[a-z][a-zA-Z]+(?:\.[a-zA-Z-]+)+(?:_\w+)?(?![\w./-])/g) ?? [];
    const keys = words.filter((word) => !/\.(test|example|social|com|org|jpg)$/.test(word));
    if (keys.length > 0) flaws.push(`keys instead of texts: ${keys.join(', ')}`);
    return flaws;
  });
}
