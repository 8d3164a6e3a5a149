import type { PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/fields.tsx';

interface KnownPasswordFieldProps extends Pick<PasswordInputProps, 'autoFocus' | 'error'> {
  /** What it is called where a new one is chosen beside it. */
  label?: string;
  value: string;
  onChange: (password: string) => void;
}

/** The password a person has already. */
export function KnownPasswordField({ label, onChange, ...field }: KnownPasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordField
      {...field}
      name="password"
      autoComplete="current-password"
      required
      label={label ?? t('signIn.password')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
