import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PageCounts } from '#contract/analytics.ts';
import { api } from '../../../lib/api.ts';
import { useMetricWords } from '../../../lib/metric-words.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { LookAgain } from './refresh-figures.tsx';

interface PageEvidenceProps {
  what: 'views' | 'clicks';
  span: { from: string; to: string } | null;
  deliveryId: string | null;
}

/** What was counted on the own page, by day, by post and by link; each opens further until nothing is left to open. */
export function PageEvidence({ what, span, deliveryId }: PageEvidenceProps) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const { data, error, refetch } = useQuery({
    ...api.analytics.pageCounts.queryOptions({
      input: { workspaceId, ...span, ...(deliveryId === null ? {} : { deliveryId }) },
    }),
    refetchOnMount: 'always',
  });
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={web('app.loading')} />;
  const metric = `${deliveryId === null ? 'page' : 'post'}-${what === 'views' ? 'views' : 'link-clicks'}` as const;
  const { from, to, countedSince } = data;
  return (
    <>
      <div className="evidence-figure">
        <strong>{format.number(data[what])}</strong>
        <span>{words.name(metric)}</span>
      </div>
      <p>{deliveryId === null ? t(`page.means-${what}`) : words.definition(metric)}</p>
      <p className="standing-quiet">{web('figures.asOf', { time: format.longDateTime(data.asOf) })}</p>
      <dl className="evidence-facts">
        <div>
          <dt>{t('reckoning.period')}</dt>
          <dd>{from === to ? format.fullDate(from) : t('period', { from: format.date(from), to: format.date(to) })}</dd>
        </div>
        <div>
          <dt>{t('page.source')}</dt>
          <dd>{t('page.here')}</dd>
        </div>
        <div>
          <dt>{t('page.missing')}</dt>
          <dd>
            {from < countedSince ? `${t('page.since', { day: format.date(countedSince) })} ` : ''}
            {t('page.notCounted')}
          </dd>
        </div>
      </dl>
      {from === to ? null : <Days counts={data} what={what} deliveryId={deliveryId} />}
      {what === 'clicks' ? <Links counts={data} /> : null}
      {deliveryId === null ? <Entries counts={data} what={what} /> : null}
      {deliveryId === null ? null : (
        <div>
          <Figure of={{ kind: 'delivery', deliveryId, metric: null }}>{t('page.wholePost')}</Figure>
        </div>
      )}
      <LookAgain explain={t('page.again')} />
    </>
  );
}

type Part = { counts: PageCounts; what: 'views' | 'clicks' };

function Days({ counts, what, deliveryId }: Part & { deliveryId: string | null }) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const format = useFormat();
  return (
    <>
      <h3>{t('page.byDay')}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{web('trend.day')}</th>
            <th scope="col">{t(`page.${what}`)}</th>
          </tr>
        </thead>
        <tbody>
          {counts.days.map((day) => (
            <tr key={day.on}>
              <td>{format.date(day.on)}</td>
              <td>
                <Figure
                  of={{ kind: 'page', what, span: { from: day.on, to: day.on }, deliveryId }}
                  about={format.date(day.on)}
                >
                  {format.number(day[what])}
                </Figure>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Entries({ counts, what }: Part) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const format = useFormat();
  const entries = counts.entries.filter((it) => it[what] > 0).toSorted((a, b) => b[what] - a[what]);
  const span = { from: counts.from, to: counts.to };
  return (
    <>
      <h3>{t('page.byPost')}</h3>
      {entries.length === 0 ? <p className="standing-quiet">{t('page.nothing')}</p> : null}
      <table className="plain-table" hidden={entries.length === 0}>
        <thead>
          <tr>
            <th scope="col">{t('page.where')}</th>
            <th scope="col">{t(`page.${what}`)}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { deliveryId } = entry;
            const name = deliveryId === null ? t('page.itself') : entry.excerpt || web('evidence.noText');
            return (
              <tr key={deliveryId ?? ''}>
                <td dir="auto">{name}</td>
                <td>
                  {deliveryId === null ? (
                    format.number(entry[what])
                  ) : (
                    <Figure of={{ kind: 'page', what, span, deliveryId }} about={name}>
                      {format.number(entry[what])}
                    </Figure>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {counts.moreEntries > 0 ? (
        <p className="standing-quiet">{t('page.more', { count: counts.moreEntries })}</p>
      ) : null}
    </>
  );
}

function Links({ counts }: { counts: PageCounts }) {
  const { t } = useTranslation('evidence');
  const format = useFormat();
  if (counts.links.length === 0) return null;
  return (
    <>
      <h3>{t('page.byLink')}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('page.link')}</th>
            <th scope="col">{t('page.clicks')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.links.map(({ url, clicks }) => (
            <tr key={url}>
              <td dir="ltr">
                <a href={url} target="_blank" rel="noreferrer">
                  {url.replace(/^https?:\/\//, '')}
                </a>
              </td>
              <td>{format.number(clicks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
