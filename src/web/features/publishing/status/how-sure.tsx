import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { StatusPart } from './status-part.ts';

/** What is known to be doubled or gone, and what was not sure for a while. */
export function HowSure({ status: { counts }, days }: StatusPart) {
  const { t } = useTranslation('status');
  const format = useFormat();
  const shown = (['duplicates', 'unconfirmed', 'doubted', 'resolved', 'gone'] as const).filter(
    (it) => it === 'duplicates' || it === 'unconfirmed' || counts[it] > 0 || (it === 'resolved' && counts.doubted > 0),
  );
  return (
    <Sheet title={t('sure.title')}>
      <dl className="figures-row">
        {shown.map((it) => (
          <div key={it}>
            <dt>{t(`sure.${it}`)}</dt>
            <dd>
              <Figure of={{ kind: 'status', days, channelId: null, count: it, waits: null }} about={t(`sure.${it}`)}>
                {format.number(counts[it])}
                {it === 'resolved' ? (
                  <span className="status-share">
                    {t('sure.allResolved', { share: format.percent(counts.resolved / counts.doubted) })}
                  </span>
                ) : null}
              </Figure>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
