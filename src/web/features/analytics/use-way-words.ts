import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/use-format.ts';
import { wayGone } from '../../lib/way-gone.ts';

/** Says how far a goal has come: “42 % of the way”, “Reached: 103 of 100”; null when nobody can know. */
export function useWayWords(): (progress: Parameters<typeof wayGone>[0]) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return (progress) => {
    const way = wayGone(progress);
    switch (way.kind) {
      case 'unknown':
        return null;
      case 'under-way':
        return t('figures.share', { share: format.percent(way.share) });
      case 'reached':
        return t('figures.reachedOf', { value: format.number(way.value), target: format.number(way.target) });
    }
  };
}
