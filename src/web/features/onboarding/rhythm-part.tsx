import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNetworkName } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';
import { SelectField } from '../../ui/fields.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { ProposalPartProps } from './proposal-draft.ts';

const rhythms = [1, 2, 3, 4, 5, 7];

/** How often, and where: a cadence that fits the minutes, and two channels at most. */
export function RhythmPart({ proposal, draft, onChange }: ProposalPartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const networkName = useNetworkName();
  const { cadence, second, noted } = proposal;
  const rest = cadence.minutes - cadence.minutesForReplies - cadence.perWeek * cadence.minutesPerPost;
  // More than a post's worth is for whatever they like.
  const isRestSaid = cadence.perWeek >= 1 && rest > 0 && rest <= cadence.minutesPerPost;
  const others = noted.filter((it) => !it.isReachable);
  return (
    <Sheet title={t('begin.proposal.rhythmTitle')}>
      <SelectField
        label={t('begin.proposal.cadence')}
        value={draft.perWeek}
        onChange={(event) => onChange({ perWeek: event.currentTarget.value })}
        data={[
          { value: '0.25', label: t('begin.rhythm.monthly') },
          { value: '0.5', label: t('begin.rhythm.fortnightly') },
          ...rhythms.map((count) => ({ value: String(count), label: t('begin.rhythm.weekly', { count }) })),
        ]}
      />
      <p className="begin-why">
        {t(cadence.isGuess ? 'begin.proposal.cadenceGuess' : 'begin.proposal.cadenceWhy', {
          minutes: format.number(cadence.minutes),
          perPost: format.number(cadence.minutesPerPost),
          replies: format.number(cadence.minutesForReplies),
        })}
        {isRestSaid ? ` ${t('begin.proposal.cadenceRest', { count: rest })}` : ''}
      </p>
      <p className="begin-why">{t('begin.proposal.pageWhy')}</p>
      {second ? (
        <Checkbox
          label={`${networkName(second.network)} ${second.handle}`}
          description={t('begin.proposal.secondWhy')}
          checked={draft.withSecond}
          onChange={(event) => onChange({ withSecond: event.currentTarget.checked })}
        />
      ) : (
        <p className="begin-why">{t('begin.proposal.secondNone')}</p>
      )}
      {others.length > 0 ? (
        <p className="begin-why">
          {t('begin.proposal.noted', {
            names: format.list(others.map((it) => `${networkName(it.network)} ${it.handle}`.trim())),
          })}
        </p>
      ) : null}
    </Sheet>
  );
}
