import type { ReactNode } from 'react';
import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { Pictures } from '../../kit/web/pictures.tsx';
import { Portrait } from '../../kit/web/portrait.tsx';
import { findFacets } from '../facets.rules.ts';
import { manifest } from '../manifest.ts';
import styles from './preview.module.css';

/** The post, or the thread, about as Bluesky will draw it. */
export function BlueskyPreview({ content, language, account, media, pages }: PreviewProps) {
  const { parts, firstComment } = content;
  // There a comment of one's own is one more post beneath the last.
  const shown = firstComment === undefined ? parts : [...parts, { text: firstComment, media: [], link: null }];
  return (
    <article className={styles['card']}>
      {shown.map((part, position) => (
        // Parts have no identity of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section className={styles['part']} key={position}>
          <Portrait account={account} className={styles['portrait']} />
          <div className={styles['body']}>
            <p className={styles['author']}>
              <bdi className={styles['name']}>{account.name}</bdi>{' '}
              <bdi className={styles['handle']}>@{account.handle}</bdi>
            </p>
            {part.text.trim() !== '' && (
              <p className={styles['text']} dir="auto" lang={language}>
                {drawText(part.text)}
              </p>
            )}
            {part.media.length > 0 ? (
              <Pictures
                part={part}
                media={media}
                max={manifest.images?.max ?? 0}
                className={styles['pictures']}
                pictureClassName={styles['picture']}
              />
            ) : (
              <LinkCard link={part.link} pages={pages} />
            )}
          </div>
        </section>
      ))}
    </article>
  );
}

/** The name under which the registry finds every network's preview. */
export { BlueskyPreview as Preview };

/** Links, tags and @handles in the colour of links; they lead nowhere, since nothing is out yet. */
function drawText(text: string): ReactNode[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const slice = (from: number, to?: number) => decoder.decode(bytes.subarray(from, to));
  const drawn: ReactNode[] = [];
  let at = 0;
  for (const { byteStart, byteEnd } of findFacets(text)) {
    drawn.push(slice(at, byteStart));
    drawn.push(
      <span className={styles['facet']} key={byteStart}>
        {slice(byteStart, byteEnd)}
      </span>,
    );
    at = byteEnd;
  }
  drawn.push(slice(at));
  return drawn;
}

function LinkCard({ link, pages }: { link: Part['link']; pages: PreviewProps['pages'] }) {
  if (link === null || !URL.canParse(link)) return null;
  const page = pages?.get(link);
  const { hostname } = new URL(link);
  return (
    <div className={styles['link']}>
      {page?.imageUrl && <img className={styles['linkPicture']} src={page.imageUrl} alt="" />}
      <div className={styles['linkWords']}>
        <bdi className={styles['linkTitle']}>{page?.title || hostname}</bdi>
        {page?.description && <bdi className={styles['linkDescription']}>{page.description}</bdi>}
        <bdi className={styles['linkHost']}>{hostname}</bdi>
      </div>
    </div>
  );
}
