import type { Page, Request } from 'playwright-core';

export interface Watch {
  /** How many requests that change something, files saved and pages opened there were since `takeWrongs`. */
  acts(): number;
  /** What happened since it was asked last and must not happen. */
  takeWrongs(): string[];
  /** How many answers are awaited. */
  awaited(): number;
}

/** A refusal that is right: what was typed or pressed by chance cannot be accepted, and the screen says so. */
export interface Expected {
  path: RegExp;
  status: number;
}

/** Notes errors, refusals and what goes out of a page. */
export function watchPage(page: Page, expected: readonly Expected[]): Watch {
  let acts = 0;
  let wrongs: { text: string }[] = [];
  const open = new Set<Request>();
  const isStream = (request: Request) =>
    request.headers()['accept']?.includes('event-stream') || request.url().includes('/live');
  page.on('request', (request) => {
    if (isStream(request)) return;
    if (request.resourceType() === 'fetch' || request.resourceType() === 'script') open.add(request);
    if (request.method() !== 'GET') acts += 1;
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  // A new document ends what the old one asked for.
  page.on('domcontentloaded', () => open.clear());
  page.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    const { pathname } = new URL(response.url());
    if (expected.some((it) => it.status === status && it.path.test(pathname))) return;
    const request = `${response.request().method()} ${pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`;
    const wrong = { text: `${status} from ${request}` };
    wrongs.push(wrong);
    const tell = (body: string) => {
      const { code = '', field = '' } =
        /"problems":\[\{"field":"(?<field>[^"]*)","code":"(?<code>[^"]*)"/.exec(body)?.groups ?? {};
      if (code !== '') wrong.text += ` (${field}: ${code})`;
    };
    response.text().then(tell, () => undefined);
  });
  page.on('console', (message) => {
    // The response itself says it better.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    wrongs.push({ text: `console: ${message.text().slice(0, 200)}` });
  });
  page.on('pageerror', (error) => wrongs.push({ text: `not caught: ${error.message.slice(0, 200)}` }));
  page.on('download', (download) => {
    acts += 1;
    void download.cancel();
  });
  page.on('filechooser', () => {
    acts += 1;
  });
  page.on('popup', (popup) => {
    acts += 1;
    void popup.close();
  });
  page.on('dialog', (dialog) => {
    wrongs.push({ text: `a browser's own dialogue: ${dialog.message()}` });
    void dialog.dismiss();
  });
  return {
    acts: () => acts,
    takeWrongs: () => {
      const taken = wrongs.map(({ text }) => text);
      acts = 0;
      wrongs = [];
      return taken;
    },
    awaited: () => open.size,
  };
}
