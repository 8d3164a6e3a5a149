import type { ReactNode } from 'react';
import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { findLinks } from '../../kit/rules/index.ts';
import { manifest } from '../manifest.ts';
import styles from './preview.module.css';

/** The post, or the thread, about as the practice network's page will show it; dashed, because nobody sees it there. */
export function PracticePreview({ content, language, account, media, pages }: PreviewProps) {
  return (
    <article className={styles['sheet']}>
      {content.parts.map((part, position) => (
        // Parts have no identity of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section className={styles['part']} key={position} lang={language}>
          <Author account={account} />
          {part.text.trim() !== '' && (
            <p className={styles['text']} dir="auto">
              {drawText(part.text)}
            </p>
          )}
          <Pictures part={part} media={media} />
          <LinkCard link={part.link} pages={pages} />
        </section>
      ))}
      {content.firstComment !== undefined && (
        <section className={styles['comment']} lang={language}>
          <Author account={account} />
          <p className={styles['text']} dir="auto">
            {drawText(content.firstComment)}
          </p>
        </section>
      )}
    </article>
  );
}

/** The name under which the registry finds every network's preview. */
export { PracticePreview as Preview };

function Author({ account }: Pick<PreviewProps, 'account'>) {
  return (
    <p className={styles['author']}>
      <bdi>{account.name}</bdi> <bdi className={styles['quiet']}>@{account.handle}</bdi>
    </p>
  );
}

/** Links in the colour of links; they lead nowhere, since nothing is out yet. */
function drawText(text: string): ReactNode[] {
  const drawn: ReactNode[] = [];
  let at = 0;
  for (const { start, end, url, text: written } of findLinks(text)) {
    if (url === null) continue;
    drawn.push(text.slice(at, start));
    drawn.push(
      <span className={styles['link']} key={start}>
        {written}
      </span>,
    );
    at = end;
  }
  drawn.push(text.slice(at));
  return drawn;
}

function Pictures({ part, media }: { part: Part } & Pick<PreviewProps, 'media'>) {
  if (part.media.length === 0) return null;
  return (
    <div className={styles['pictures']}>
      {part.media.slice(0, manifest.images?.max ?? 0).map(({ mediumId, alt }, position) => {
        const medium = media.get(mediumId);
        const key = `${position} ${mediumId}`;
        if (!medium) return <span className={styles['picture']} key={key} />;
        const { url, width, height } = medium;
        return <img className={styles['picture']} key={key} src={url} width={width} height={height} alt={alt} />;
      })}
    </div>
  );
}

function LinkCard({ link, pages }: { link: Part['link']; pages: PreviewProps['pages'] }) {
  if (link === null || !URL.canParse(link)) return null;
  const page = pages?.get(link);
  return (
    <div className={styles['card']}>
      {page?.imageUrl && <img className={styles['picture']} src={page.imageUrl} alt="" />}
      <bdi>{page?.title || link}</bdi>
      {page?.description && <bdi className={styles['quiet']}>{page.description}</bdi>}
      <bdi className={styles['quiet']}>{new URL(link).hostname}</bdi>
    </div>
  );
}
