import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchChoice } from '../../ui/search-choice.tsx';
import { clockIn, formerName, listZones } from './zones.ts';

interface ZoneChoiceProps {
  value: string;
  error?: string | undefined;
  isLocked?: boolean;
  onChange: (zone: string) => void;
}

/** A time zone, found by typing a part of its name; the device's own comes first, each with what its clocks show. */
export function ZoneChoice({ value, error, isLocked, onChange }: ZoneChoiceProps) {
  const { t } = useTranslation();
  const { here, zones } = useMemo(listZones, []);
  const choices = useMemo(
    () =>
      [...new Set([...zones, value])].map((zone) => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
        words: formerName(zone),
      })),
    [zones, value],
  );
  return (
    <SearchChoice
      label={t('welcome.zone')}
      description={t('welcome.zoneHint')}
      value={value}
      choices={choices}
      hintOf={(zone) => (zone === here ? t('welcome.zoneHere', { time: clockIn(zone) }) : clockIn(zone))}
      error={error}
      isLocked={isLocked ?? false}
      onChange={onChange}
    />
  );
}
