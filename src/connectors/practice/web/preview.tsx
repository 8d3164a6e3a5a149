import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { drawLinks } from '../../kit/web/draw-links.tsx';
import { Pictures } from '../../kit/web/pictures.tsx';
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
              {drawLinks(part.text, styles['link'])}
            </p>
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
      {content.firstComment !== undefined && (
        <section className={styles['comment']} lang={language}>
          <Author account={account} />
          <p className={styles['text']} dir="auto">
            {drawLinks(content.firstComment, styles['link'])}
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

function LinkCard({ link, pages }: { link: Part['link']; pages: PreviewProps['pages'] }) {
  if (link === null || !URL.canParse(link)) return null;
  const page = pages?.get(link);
  const { hostname } = new URL(link);
  const title = page?.title || hostname;
  return (
    <div className={styles['card']}>
      {page?.imageUrl && <img className={styles['picture']} src={page.imageUrl} alt="" />}
      <bdi>{title}</bdi>
      {page?.description && <bdi className={styles['quiet']}>{page.description}</bdi>}
      {title !== hostname && <bdi className={styles['quiet']}>{hostname}</bdi>}
    </div>
  );
}
