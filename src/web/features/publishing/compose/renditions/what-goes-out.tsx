import { useTranslation } from 'react-i18next';
import type { Rendition } from '#contract/media.ts';
import { useFormat } from '../../../../lib/use-format.ts';
import type { GoingOut } from './use-renditions.ts';
import './renditions.css';

/** What the server made of each picture and video for a network, and how that differs from the library's. */
export function WhatGoesOut({ media }: { media: readonly GoingOut[] }) {
  const { t } = useTranslation();
  if (media.length === 0) return null;
  return (
    <section className="renditions" aria-label={t('renditions.title')}>
      <h3>{t('renditions.title')}</h3>
      <ol>
        {media.map(({ mediumId, name, rendition }) => (
          <li key={mediumId} data-state={rendition?.state ?? 'coming'}>
            <bdi className="renditions-name">{name}</bdi>
            {rendition ? <Made rendition={rendition} /> : <span>{t('renditions.coming')}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Made({ rendition }: { rendition: Rendition }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rendition.state === 'cannot') {
    return <span className="renditions-cannot">{t(`renditions.cannot.${rendition.reason}`)}</span>;
  }
  if (rendition.state === 'making') {
    return <span>{t('renditions.making', { share: format.percent(rendition.share, { maxDigits: 0 }) })}</span>;
  }
  const { mime, width, height, sizeBytes, changes } = rendition;
  const kind = mime.replace(/^\w+\//, '').toUpperCase();
  const megabytes = sizeBytes / 1_000_000;
  const size =
    megabytes < 1
      ? t('renditions.kilobytes', { amount: format.number(Math.ceil(sizeBytes / 1_000)) })
      : t('renditions.megabytes', { amount: format.number(Math.ceil(megabytes * 10) / 10) });
  const said = changes.map((it) => t(`renditions.changes.${it}`, { kind }));
  return (
    <>
      <span className="renditions-facts">
        {kind}, {format.number(width)} × {format.number(height)}, {size}
      </span>
      <span>{changes.length === 0 ? t('renditions.asItIs') : said.join(' ')}</span>
    </>
  );
}
