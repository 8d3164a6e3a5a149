import {
  NativeSelect,
  type NativeSelectProps,
  PasswordInput,
  type PasswordInputProps,
  Textarea,
  type TextareaProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFault } from './form.tsx';

/** One line of text, in a `Form`; it runs as what is written in it runs. */
export function TextField(props: TextInputProps) {
  return <TextInput dir="auto" {...props} {...useFault(props)} />;
}

/** A password that can be looked at while it is typed, in a `Form`. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      {...props}
      {...useFault(props)}
    />
  );
}

/** A choice from a short list, in a `Form`. */
export function SelectField(props: NativeSelectProps) {
  return <NativeSelect {...props} {...useFault(props)} />;
}

/** Several lines of text, in a `Form`; they run as what is written in them runs. */
export function TextsField(props: TextareaProps) {
  return <Textarea dir="auto" {...props} {...useFault(props)} />;
}
