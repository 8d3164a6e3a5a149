/// <reference types="vite/client" />
import type { ReactNode } from 'react';
import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { findLinks } from '../../kit/rules/index.ts';
import styles from './preview.module.css';

/** The post, or the thread, about as the own page will show it. */
export function PagePreview({ content, language, account, media, pages }: PreviewProps) {
  return (
    <article className={styles['sheet']}>
      <p className={styles['who']}>
        <Mark account={account} />
        <bdi className={styles['name']}>{account.name}</bdi>
      </p>
      {content.parts.map((part, position) => (
        // Parts have no identity of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section className={styles['part']} key={position} lang={language} dir="auto">
          {part.text.trim() !== '' && <p className={styles['text']}>{drawText(part.text)}</p>}
          <Pictures part={part} media={media} />
          <LinkCard link={part.link} pages={pages} />
        </section>
      ))}
    </article>
  );
}

function Mark({ account }: Pick<PreviewProps, 'account'>) {
  if (account.pictureUrl) return <img className={styles['mark']} src={account.pictureUrl} alt="" />;
  const initial = new Intl.Segmenter().segment(account.name.trim()).containing(0)?.segment ?? '';
  return (
    <span className={styles['mark']} aria-hidden="true">
      {initial.toUpperCase()}
    </span>
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
        {written.replace(/^https?:\/\//i, '')}
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
    <div className={styles['pictures']} data-many={part.media.length > 1 || undefined}>
      {part.media.map(({ mediumId, alt }, position) => {
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
  const host = new URL(link).host.replace(/^www\./, '');
  return (
    <div className={styles['card']}>
      {page?.imageUrl && <img className={styles['cardPicture']} src={page.imageUrl} alt="" />}
      <div className={styles['cardWords']}>
        <bdi className={styles['cardTitle']}>{page?.title || link}</bdi>
        {page?.description && <bdi className={styles['quiet']}>{page.description}</bdi>}
        <bdi className={styles['quiet']}>{host}</bdi>
      </div>
    </div>
  );
}

export { PagePreview as Preview };
