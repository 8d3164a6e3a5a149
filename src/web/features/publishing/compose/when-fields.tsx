import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { meanTime } from '../../../lib/wall-clock.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Notice } from '../../../ui/notice.tsx';

interface WhenFieldsProps {
  /** YYYY-MM-DDTHH:mm */
  local: string;
  isLocked: boolean;
  onChange: (local: string) => void;
}

/** Day and hour on the workspace's clock, with word when that hour does not exist. */
export function WhenFields({ local, isLocked, onChange }: WhenFieldsProps) {
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const format = useFormat();
  const [date = '', time = ''] = local.split('T');
  const meant = meanTime(local, zone);
  const isPast =
    meant !== null && Temporal.Instant.compare(Temporal.Instant.from(meant.at), Temporal.Now.instant()) < 0;
  return (
    <fieldset className="form-rows" disabled={isLocked}>
      <legend>{t('compose.when')}</legend>
      <div className="form-pair">
        <DateField
          label={t('compose.date')}
          value={date}
          min={todayIn(zone)}
          spoken={date ? format.fullDate(date) : undefined}
          onChange={(day) => onChange(`${day}T${time}`)}
        />
        <TextInput
          label={t('compose.time')}
          type="time"
          description={t('compose.zone', { zone: zone.replaceAll('_', ' ') })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={time}
          onChange={(event) => onChange(`${date}T${event.currentTarget.value}`)}
        />
      </div>
      {meant?.moved ? (
        <Notice tone="warn" urgent>
          {t('compose.gap', { meant: format.time(local), real: format.time(meant.local) })}
        </Notice>
      ) : null}
      {isPast && !isLocked ? <Notice tone="warn">{t('compose.past')}</Notice> : null}
    </fieldset>
  );
}
