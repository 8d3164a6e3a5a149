/// <reference types="vite/client" />
import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { drawLinks } from '../../kit/web/draw-links.tsx';
import { Pictures } from '../../kit/web/pictures.tsx';
import { Portrait } from '../../kit/web/portrait.tsx';
import { manifest } from '../manifest.ts';
import styles from './preview.module.css';

/** The post, or the thread, about as the own page will show it. */
export function PagePreview({ content, language, account, media, pages }: PreviewProps) {
  return (
    <article className={styles['sheet']}>
      <p className={styles['who']}>
        <Portrait account={account} className={styles['mark']} />
        <bdi className={styles['name']}>{account.name}</bdi>
      </p>
      {content.parts.map((part, position) => (
        // Parts have no identity of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section className={styles['part']} key={position} lang={language} dir="auto">
          {part.text.trim() !== '' && (
            <p className={styles['text']}>{drawLinks(part.text, styles['link'], withoutScheme)}</p>
          )}
          <Pictures
            part={part}
            media={media}
            max={manifest.images?.max ?? 0}
            className={styles['pictures']}
            pictureClassName={styles['picture']}
          />
          <LinkCard link={part.link} pages={pages} />
        </section>
      ))}
    </article>
  );
}

const withoutScheme = (written: string): string => written.replace(/^https?:\/\//i, '');

function LinkCard({ link, pages }: { link: Part['link']; pages: PreviewProps['pages'] }) {
  if (link === null || !URL.canParse(link)) return null;
  const page = pages?.get(link);
  const host = new URL(link).host.replace(/^www\./, '');
  const title = page?.title || host;
  return (
    <div className={styles['card']}>
      {page?.imageUrl && <img className={styles['cardPicture']} src={page.imageUrl} alt="" />}
      <div className={styles['cardWords']}>
        <bdi className={styles['cardTitle']}>{title}</bdi>
        {page?.description && <bdi className={styles['quiet']}>{page.description}</bdi>}
        {title !== host && <bdi className={styles['quiet']}>{host}</bdi>}
      </div>
    </div>
  );
}

export { PagePreview as Preview };
