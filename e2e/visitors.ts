import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Client, type Installation, signUpIn } from './product.ts';

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

/** Opens an installation to visitors; members join `workspaceId`, invited by its owner. */
export function receiveVisitors(options: {
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
