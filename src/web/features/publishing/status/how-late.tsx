import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { useLateWords } from '../../../lib/use-late-words.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { StatusPart } from './status-part.ts';

/** Lateness of what went by the timetable, and what is not in it. */
export function HowLate({ status: { lateness, counts }, days }: StatusPart) {
  const { t } = useTranslation('status');
  const format = useFormat();
  const late = useLateWords();
  const of = { kind: 'status', days, channelId: null, waits: null } as const;
  const apart = (['waited', 'decided'] as const).filter((it) => counts[it] > 0);
  return (
    <Sheet title={t('late.title')} lead={t('late.lead')}>
      {lateness.maxMs === null ? <p>{t('late.none')}</p> : null}
      <dl className="figures-row">
        {(['p50', 'p90', 'p99', 'max'] as const).map((it) => {
          const ms = lateness[`${it}Ms`];
          return ms === null ? null : (
            <div key={it}>
              <dt>{t(`late.${it}`)}</dt>
              <dd>
                <Figure of={{ ...of, count: 'onTime' }} about={t(`late.${it}`)}>
                  {late(ms)}
                </Figure>
              </dd>
            </div>
          );
        })}
      </dl>
      {apart.length > 0 ? (
        <div className="status-apart">
          <p>{t('late.apart')}</p>
          <ul>
            {apart.map((it) => (
              <li key={it}>
                <Figure of={{ ...of, count: it }}>
                  {t(`late.${it}`, { count: counts[it], number: format.number(counts[it]) })}
                </Figure>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Sheet>
  );
}
