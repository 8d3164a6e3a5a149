import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { StatusPart } from './status-part.ts';

/** The outcomes; together they are all that was due. */
export const outcomes = ['live', 'underWay', 'failed', 'held', 'unconfirmed', 'cancelled'] as const;

/** Where everything that was due stands now. Nothing is said of what there is none of. */
export function WhatBecame({ status: { counts }, days }: StatusPart) {
  const { t } = useTranslation('status');
  const format = useFormat();
  return (
    <Sheet title={t('became.title')}>
      <dl className="figures-row">
        {outcomes
          .filter((it) => counts[it] > 0)
          .map((it) => (
            <div key={it}>
              <dt>{t(`count.${it}`)}</dt>
              <dd>
                <Figure of={{ kind: 'status', days, channelId: null, count: it, waits: null }} about={t(`count.${it}`)}>
                  {format.number(counts[it])}
                </Figure>
              </dd>
            </div>
          ))}
      </dl>
    </Sheet>
  );
}
