import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A time that went by, short and in the unit in which one would say it: 0.4 s, 12 s, 5 min, 3 h. Never less than it was. */
export function useLateWords(): (ms: number) => string {
  const { t } = useTranslation('status');
  const format = useFormat();
  const inUnit = (unit: 'seconds' | 'minutes' | 'hours', value: number) =>
    t(`time.${unit}`, { number: format.number(value) });
  return (ms) => {
    if (ms < 10 * SECOND_MS) return inUnit('seconds', Math.ceil(ms / 100) / 10);
    if (ms < 2 * MINUTE_MS) return inUnit('seconds', Math.ceil(ms / SECOND_MS));
    if (ms < 2 * HOUR_MS) return inUnit('minutes', Math.ceil(ms / MINUTE_MS));
    return inUnit('hours', Math.ceil(ms / HOUR_MS));
  };
}
