import type { TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/fields.tsx';

interface EmailFieldProps extends Pick<TextInputProps, 'autoFocus' | 'readOnly' | 'description' | 'error'> {
  value: string;
  onChange: (email: string) => void;
}

/** The address by which a person signs in. */
export function EmailField({ onChange, ...field }: EmailFieldProps) {
  const { t } = useTranslation();
  return (
    <TextField
      {...field}
      type="email"
      name="email"
      autoComplete="username"
      required
      label={t('signIn.email')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
