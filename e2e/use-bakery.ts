import type { Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { Language } from '#contract/terms.ts';
import { type Client, signUpIn, signUpOwnerIn } from './product.ts';
import { type Cookie, type Look, useBrowser, type Visitors } from './use-browser.ts';
import { type RunningProduct, useProduct } from './use-product.ts';

/** A running product with one workspace, Mali’s Bakery, there from `beforeAll` on. */
export interface Bakery extends Visitors {
  readonly product: RunningProduct;
  /** Mali, who owns the bakery and is the operator. */
  readonly client: Client;
  readonly cookie: Cookie;
  readonly workspaceId: string;
  /** The whole address of a screen of the bakery. */
  at(screen: string): string;
  /** Mali's tab at a path or whole address, in a browser of its own. */
  openPage(address?: string, look?: Look): Promise<Page>;
  /** Opens the bakery's own page, at `malis-bakery`; its channel. */
  openOwnPage(): Promise<string>;
  /** Somebody who accepted an invitation to the bakery, and has a business of their own besides. */
  makeMember(name: string, role?: 'editor' | 'manager'): Promise<Member>;
}

/** A colleague at the bakery. */
export interface Member {
  name: string;
  email: string;
  password: string;
  client: Client;
  cookie: Cookie;
  personId: string;
  /** The workspace of their own business. */
  own: string;
}

interface BakeryOptions {
  /** Of the workspace; Mali reads English all the same. */
  language?: Language;
  /** Of the product, asked for at every start; names without the prefix. */
  settings?: () => Record<string, string>;
}

/** Gives the journeys of the surrounding file a product of their own with the bakery in it, and browsers. */
export function useBakery({ language = 'en', settings }: BakeryOptions = {}): Bakery {
  const product = useProduct(settings);
  const visitors = useBrowser(product);
  let open: { client: Client; cookie: Cookie; workspaceId: string } | null = null;
  const get = () => {
    if (!open) throw new Error('The bakery is there from beforeAll on, not before.');
    return open;
  };
  beforeAll(async () => {
    const owner = await signUpOwnerIn(product.url);
    const about = { name: 'Mali’s Bakery', language, zone: 'Asia/Bangkok' };
    open = { ...owner, workspaceId: (await owner.client.workspaces.create(about)).id };
  });
  return {
    ...visitors,
    product,
    get client() {
      return get().client;
    },
    get cookie() {
      return get().cookie;
    },
    get workspaceId() {
      return get().workspaceId;
    },
    at: (screen) => `${product.url}/w/${get().workspaceId}/${screen}`,
    openPage: async (address = 'about:blank', look) =>
      visitors.openTab(await visitors.openContext(get().cookie, look), address),
    async openOwnPage() {
      const { client, workspaceId } = get();
      const { channelId } = await client.page.open({ workspaceId, address: 'malis-bakery', title: 'Mali’s Bakery' });
      return channelId;
    },
    async makeMember(name, role = 'editor') {
      const { client, workspaceId } = get();
      const { link } = await client.invitations.create({ workspaceId, role });
      return joinWorkspace(product.url, { name, token: new URL(link).hash.slice(1) });
    },
  };
}

async function joinWorkspace(url: string, { name, token }: { name: string; token: string }): Promise<Member> {
  const person = { name, email: `${name.toLowerCase()}@bakery.example`, password: 'rice flour at nine' };
  const { client, cookie } = await signUpIn(url, { ...person, invitation: token });
  await client.invitations.accept({ token });
  const noodles = { name: `${name}’s Noodles`, language: 'en', zone: 'Asia/Bangkok' } as const;
  const { id: own } = await client.workspaces.create(noodles);
  const { id: personId } = await client.me.get();
  return { ...person, client, cookie, own, personId };
}
