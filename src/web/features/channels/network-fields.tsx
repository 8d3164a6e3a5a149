import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ConnectField } from '#connectors/kit/manifest.ts';
import { readFailure } from '../../lib/failure.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { PasswordField, TextField } from '../../ui/fields.tsx';

interface NetworkFieldsProps {
  networkId: string;
  fields: readonly ConnectField[];
  values: Readonly<Record<string, string>>;
  /** What came of the last try, for the field that it is about. */
  error: Error | null;
  onChange: (values: (before: Record<string, string>) => Record<string, string>) => void;
}

/** What a network asks for to sign in, in its own words. What is typed goes to the server alone and is not kept here. */
export function NetworkFields({ networkId, fields, values, error, onChange }: NetworkFieldsProps) {
  const { t: say } = useTranslation(`network-${networkId}`);
  const problems = { ...readProblems(error), ...readNetworkProblems(error, say) };
  return fields.map(({ name, input, required }) => {
    const Field = input === 'password' ? PasswordField : TextField;
    return (
      <Field
        key={name}
        name={`connect-${name}`}
        type={input === 'password' ? undefined : input}
        autoComplete="off"
        spellCheck={false}
        required={required}
        label={say(`connect.${name}.label`)}
        description={say(`connect.${name}.hint`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={problems[`values.${name}`] ?? problems[name]}
        value={values[name] ?? ''}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          onChange((it) => ({ ...it, [name]: typed }));
        }}
      />
    );
  });
}

/** What the network has against a field, in the words of that network's own texts where it has some. */
function readNetworkProblems(error: unknown, say: TFunction<string>): Record<string, string> {
  const failure = error ? readFailure(error) : null;
  if (failure?.kind !== 'refused') return {};
  const found = failure.problems.flatMap(({ field, params, message }) =>
    params?.['reason'] ? [[field, say(`connect.problems.${params['reason']}`, { defaultValue: message ?? '' })]] : [],
  );
  return Object.fromEntries(found);
}
