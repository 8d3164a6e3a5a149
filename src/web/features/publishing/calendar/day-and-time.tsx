import { useTranslation } from 'react-i18next';
import { todayIn } from '../../../lib/local-day.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { TextField } from '../../../ui/fields.tsx';

interface DayAndTimeProps {
  /** YYYY-MM-DDTHH:mm; what is not chosen yet is empty. */
  local: string;
  /** Says by whose clock it is, and takes no day that is over there. */
  zone?: string;
  onChange: (local: string) => void;
}

/** Asks for the day and the time at which a post goes out; both must be given. */
export function DayAndTime({ local, zone, onChange }: DayAndTimeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [date = '', time = ''] = local.split('T');
  return (
    <>
      <DateField
        label={t('compose.date')}
        value={date}
        {...(zone ? { min: todayIn(zone) } : {})}
        required
        spoken={date ? format.fullDate(date) : undefined}
        onChange={(day) => onChange(`${day}T${time}`)}
      />
      <TextField
        label={t('compose.time')}
        type="time"
        required
        description={zone ? t('compose.zone', { zone: zone.replaceAll('_', ' ') }) : undefined}
        value={time}
        onChange={(event) => onChange(`${date}T${event.currentTarget.value}`)}
      />
    </>
  );
}
