import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeSettings } from '#contract/notices.ts';
import { TextField } from '../../ui/fields.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { Choose } from './choose.ts';

type TimeName = 'quietFrom' | 'quietTo' | 'digestAt';

/** When things may go out, on the person's own clock. */
export function NoticeTimes({ settings, choose }: { settings: NoticeSettings; choose: Choose }) {
  const { t } = useTranslation('notices');
  const { zone } = settings;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shown = (name: string) => name.replaceAll('_', ' ');
  return (
    <Sheet title={t('settings.times')} lead={t('settings.timesLead', { zone: shown(zone) })}>
      <div className="notice-times">
        <TimeField name="quietFrom" settings={settings} choose={choose} />
        <TimeField name="quietTo" settings={settings} choose={choose} />
        <TimeField name="digestAt" settings={settings} choose={choose} />
      </div>
      <p className="form-hint">{t('settings.noQuiet')}</p>
      {here === zone ? null : (
        <div>
          <Button variant="default" onClick={() => void choose({ zone: here }, { zone })}>
            {t('settings.useHere', { zone: shown(here) })}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

/** Saved when one leaves it: while one types, a time is many others on the way. */
function TimeField({ name, settings, choose }: { name: TimeName; settings: NoticeSettings; choose: Choose }) {
  const { t } = useTranslation('notices');
  const stored = settings[name];
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    if (typed !== null && typed !== '' && typed !== stored) void choose({ [name]: typed }, { [name]: stored });
    setTyped(null);
  };
  return (
    <TextField
      type="time"
      label={t(`settings.${name}`)}
      value={typed ?? stored}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
