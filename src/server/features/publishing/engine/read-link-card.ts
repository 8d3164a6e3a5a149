import { Parser } from 'htmlparser2';
import { cleanLine, cleanWords } from '#connectors/kit/clean-text.ts';
import type { MediumToSend, PartToSend } from '#connectors/kit/contract.ts';
import { renderForeignImage } from '#server/features/media/index.ts';
import type { Context } from '#server/platform/context/index.ts';

const MAX_PAGE_BYTES = 512 * 1024;
const MAX_PICTURE_BYTES = 8 * 1024 * 1024;
/** For page and picture together, rendering included: a card must not use up the time that the post itself needs. */
const CARD_MS = 8_000;

/**
 * What a link's page says of itself (Open Graph first, then title and description). A page or a picture that cannot be
 * had in time never fails a post: the card then shows what is known, at least the host.
 */
export async function readLinkCard(
  context: Context,
  {
    url,
    maxImageBytes,
    signal,
    cardMs = CARD_MS,
  }: { url: string; maxImageBytes: number; signal: AbortSignal; cardMs?: number },
): Promise<NonNullable<PartToSend['link']>> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(cardMs)]);
  const bare = { url, title: new URL(url).hostname, description: '', image: null };
  const page = await context.house.fetch(url, {
    headers: { accept: 'text/html' },
    signal: until,
    maxBytes: MAX_PAGE_BYTES,
    timeoutMs: cardMs,
    maxRedirects: 5,
  });
  if (page.kind !== 'answered' || page.status !== 200) return bare;
  const said = readMeta(new TextDecoder().decode(page.body));
  const title = said.get('og:title') ?? said.get('title') ?? bare.title;
  const description = said.get('og:description') ?? said.get('description') ?? '';
  const picture = readPicture(context, url, said.get('og:image'), { maxImageBytes, signal: until, timeoutMs: cardMs });
  return {
    url,
    title: cleanLine(title, 300),
    description: cleanWords(description, 1_000),
    image: await Promise.race([picture.catch(() => null), abortOf(until)]),
  };
}

const abortOf = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });

function readMeta(html: string): Map<string, string> {
  const found = new Map<string, string>();
  let inTitle = false;
  let title = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      inTitle = name === 'title' && !found.has('title');
      const key = attributes['property'] ?? attributes['name'];
      const content = attributes['content']?.trim();
      if (name === 'meta' && key && content && !found.has(key.toLowerCase())) found.set(key.toLowerCase(), content);
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag(name) {
      if (name === 'title' && inTitle && title.trim()) found.set('title', title.replace(/\s+/g, ' ').trim());
      inTitle = false;
    },
  });
  parser.end(html);
  return found;
}

async function readPicture(
  context: Context,
  page: string,
  address: string | undefined,
  { maxImageBytes, signal, timeoutMs }: { maxImageBytes: number; signal: AbortSignal; timeoutMs: number },
): Promise<MediumToSend | null> {
  const url = address && URL.canParse(address, page) ? new URL(address, page).href : null;
  if (!url) return null;
  const answer = await context.house.fetch(url, {
    headers: { accept: 'image/*' },
    signal,
    maxBytes: MAX_PICTURE_BYTES,
    timeoutMs,
    maxRedirects: 5,
  });
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  const picture = await renderForeignImage(context, { bytes: answer.body, maxBytes: maxImageBytes, maxEdge: 1_200 });
  return picture && { ...picture, alt: '' };
}
