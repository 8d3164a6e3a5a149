import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { type Client, type Installation, makeInstallation, type Product, signUpIn, signUpOwnerIn } from './product.ts';

type Cookie = { name: string; value: string };

/** People with browsers of their own, at one installation. */
export interface Visitors {
  /** A browser of somebody's own; without a cookie nobody is signed in. */
  openContext(cookie?: Cookie): Promise<BrowserContext>;
  /** A tab at a path or whole address. */
  openPage(context: BrowserContext, address: string): Promise<Page>;
  /** Somebody who accepted an invitation to a workspace, and has a business of their own besides. */
  makeMember(name: string, role?: 'editor' | 'manager'): ReturnType<typeof joinWorkspace>;
  /** Errors that pages threw. */
  complaints: string[];
}

/** A running installation with one workspace, Mali’s Bakery, that is open to visitors. */
export interface OpenBakery {
  installation: Installation;
  product: Product;
  /** Mali, who is also the operator. */
  owner: Client;
  ownerCookie: Cookie;
  workspaceId: string;
  visitors: Visitors;
  close(): Promise<void>;
}

/** Starts an installation and a browser, and opens the bakery in it. */
export async function openBakery(): Promise<OpenBakery> {
  const undo: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const installation = await makeInstallation();
    undo.push(() => installation.remove());
    const product = await installation.start();
    undo.push(() => product.stop());
    const browser = await openBrowser();
    undo.push(() => browser.close());
    const { client: owner, cookie: ownerCookie } = await signUpOwnerIn(installation.url);
    const about = { name: 'Mali’s Bakery', language: 'en', zone: 'Asia/Bangkok' } as const;
    const { id: workspaceId } = await owner.workspaces.create(about);
    const visitors = receiveVisitors({ browser, installation, owner, workspaceId });
    return { installation, product, owner, ownerCookie, workspaceId, visitors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Members join `workspaceId`, invited by its owner. */
function receiveVisitors(options: {
  browser: Browser;
  installation: Installation;
  owner: Client;
  workspaceId: string;
}): Visitors {
  const { browser, installation, owner, workspaceId } = options;
  const complaints: string[] = [];
  return {
    complaints,
    async openContext(cookie) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
      if (cookie) await context.addCookies([{ ...cookie, url: installation.url }]);
      return context;
    },
    async openPage(context, address) {
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(new URL(address, installation.url).href);
      return page;
    },
    makeMember: async (name, role = 'editor') => {
      const { link } = await owner.invitations.create({ workspaceId, role });
      return joinWorkspace(installation.url, { name, token: new URL(link).hash.slice(1) });
    },
  };
}

async function joinWorkspace(url: string, { name, token }: { name: string; token: string }) {
  const person = { name, email: `${name.toLowerCase()}@bakery.example`, password: 'rice flour at nine' };
  const { client, cookie } = await signUpIn(url, { ...person, invitation: token });
  await client.invitations.accept({ token });
  const { id: own } = await client.workspaces.create({
    name: `${name}’s Noodles`,
    language: 'en',
    zone: 'Asia/Bangkok',
  });
  const { id: personId } = await client.me.get();
  return { ...person, client, cookie, own, personId };
}
