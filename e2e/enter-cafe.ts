import type { Language } from '#contract/terms.ts';
import { type Client, openClient } from './product.ts';

/** The café of a running demo, entered as its owner. */
export interface EnteredCafe {
  client: Client;
  workspaceId: string;
  /** For a browser of one's own. */
  cookies: { name: string; value: string }[];
}

/** Opens the café of a language by the doorway of a running demo, makes it first where it is not there, and goes in. */
export async function enterCafe(url: string, language: Language): Promise<EnteredCafe> {
  const form = new URLSearchParams({ language });
  const opened = await fetch(`${url}/demo/open`, { method: 'POST', body: form, redirect: 'manual' });
  // The answer goes on for as long as the making does.
  await opened.text();
  const entered = await fetch(`${url}/demo/enter?${form}`, { redirect: 'manual' });
  const cookies = entered.headers.getSetCookie().map((each) => {
    const [name = '', ...value] = (each.split(';')[0] ?? '').split('=');
    return { name, value: value.join('=') };
  });
  if (cookies.length < 2) throw new Error(`Nobody came into the café: ${entered.status}`);
  const [first = { name: '', value: '' }, ...others] = cookies;
  const rest = others.map(({ name, value }) => `; ${name}=${value}`).join('');
  const client = openClient(url, { name: first.name, value: `${first.value}${rest}` });
  const [workspace] = (await client.me.get()).workspaces;
  if (!workspace) throw new Error('The café has no workspace.');
  return { client, workspaceId: workspace.id, cookies };
}
