import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../lib/use-format.ts';
import { Word } from '../../../ui/notice.tsx';
import type { Rhythm } from './weigh-rhythm.ts';

/** How many posts are planned on each channel, against the cadence that was meant for it. */
export function RhythmLines({ rhythms, weeks }: { rhythms: readonly Rhythm[]; weeks: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rhythms.length === 0) return null;
  return (
    <ul className="rhythm">
      {rhythms.map(({ channel, planned, wanted, freeOn }) => (
        <li key={channel.id}>
          <Word tone={planned >= wanted ? 'good' : freeOn.length > 0 ? 'accent' : 'quiet'}>
            {wanted > 0
              ? t('rhythm.line', { name: channel.name, planned: format.number(planned), wanted: format.number(wanted) })
              : t('rhythm.rare', {
                  name: channel.name,
                  planned: format.number(planned),
                  weeks: format.number(Math.round(1 / Math.max(channel.cadencePerWeek ?? 1, 0.01))),
                })}
          </Word>
        </li>
      ))}
      <li className="rhythm-span">
        {t(weeks === 1 ? 'rhythm.week' : 'rhythm.weeks', { weeks: format.number(weeks) })}
      </li>
    </ul>
  );
}
