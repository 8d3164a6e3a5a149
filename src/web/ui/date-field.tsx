import { TextField } from './fields.tsx';

interface DateFieldProps {
  label: string;
  /** Local date, YYYY-MM-DD, or '' while there is none. */
  value: string;
  /** The date in the reader's words, shown below. */
  spoken?: string | undefined;
  description?: string;
  min?: string;
  required?: boolean;
  error?: string | undefined;
  onChange: (date: string) => void;
}

/** A local date by the device's own picker, said again in the reader's language. */
export function DateField({ label, value, spoken, description, min, required, error, onChange }: DateFieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      value={value}
      min={min}
      required={required ?? false}
      error={error}
      description={spoken || description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
