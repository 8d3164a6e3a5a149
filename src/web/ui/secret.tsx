import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import './lines.css';
import { showToast } from './toasts.tsx';

/** Something shown once, to be copied. Where the browser lets nobody copy (plain http) it is marked for doing so by hand. */
export function Secret({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      showToast({ text: t('copy.done') });
    } catch {
      showToast({ text: t('copy.byHand') });
    }
  };
  return (
    <div className="secret">
      <TextInput
        ref={field}
        label={label}
        readOnly
        autoFocus
        spellCheck={false}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()}>{t('copy.copy')}</Button>
    </div>
  );
}
