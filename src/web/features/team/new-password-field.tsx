import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/fields.tsx';

interface NewPasswordFieldProps {
  label?: string;
  value: string;
  error?: string | undefined;
  onChange: (password: string) => void;
}

/** A password that is being chosen, with what it must be. */
export function NewPasswordField({ label, value, error, onChange }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordField
      name="new-password"
      autoComplete="new-password"
      required
      minLength={10}
      maxLength={128}
      label={label ?? t('signUp.password')}
      description={t('signUp.passwordHint')}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
