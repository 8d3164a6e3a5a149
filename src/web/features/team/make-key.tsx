import { scopes } from 'virtual:contract';
import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Scope } from '#contract/api-keys.ts';
import { api } from '../../lib/api.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Secret } from '../../ui/secret.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const spans = ['30', '90', '365', ''] as const;

const empty: { name: string; days: string; chosen: readonly Scope[] } = { name: '', days: '90', chosen: ['read'] };

/** Making a key: what for, what it may do, how long. Its secret is shown once. */
export function MakeKey() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const [{ name, days, chosen }, setDraft] = useKept(`${workspaceId}.key`, empty);
  const change = (part: Partial<typeof empty>) => setDraft((it) => ({ ...it, ...part }));
  const making = useMutation(
    api.apiKeys.create.mutationOptions({
      onSuccess: async () => {
        change({ name: '' });
        await queries.invalidateQueries({ queryKey: api.apiKeys.key() });
      },
    }),
  );
  const problems = readProblems(making.error);
  const toggle = (scope: Scope, on: boolean) =>
    // Whoever may do anything may read too.
    change({ chosen: scopes.filter((it) => it === 'read' || (it === scope ? on : chosen.includes(it))) });
  if (making.data) {
    const { key, secret } = making.data;
    return (
      <Sheet title={t('keys.made', { name: key.name })} lead={t('keys.once')}>
        <Secret label={t('keys.secret')} value={secret} />
        <div>
          <Button variant="default" onClick={making.reset}>
            {t('keys.done')}
          </Button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={t('keys.make')}>
      <Form
        className="form"
        onSubmit={() =>
          making.mutate({
            workspaceId,
            name: name.trim(),
            // Those that there were when it was kept may have become fewer.
            scopes: scopes.filter((it) => chosen.includes(it)),
            days: days === '' ? null : Number(days),
          })
        }
      >
        <TextField
          label={t('keys.name')}
          description={t('keys.nameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          maxLength={100}
          error={problems['name']}
          value={name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <fieldset className="form-choices">
          <legend>{t('keys.scopes')}</legend>
          {scopes.map((it) => (
            <Checkbox
              key={it}
              label={t(`keys.scope.${it}`)}
              description={t(`keys.scopeExplain.${it}`)}
              checked={chosen.includes(it)}
              disabled={it === 'read'}
              onChange={(event) => toggle(it, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <SelectField
          label={t('keys.expires')}
          value={days}
          onChange={(event) => change({ days: event.currentTarget.value })}
        >
          {spans.map((it) => (
            <option key={it} value={it}>
              {it === '' ? t('keys.never') : t('keys.afterDays', { number: format.number(Number(it)) })}
            </option>
          ))}
        </SelectField>
        {making.error ? <FailureNotice error={making.error} /> : null}
        <div>
          <Button type="submit" loading={making.isPending}>
            {t('keys.submit')}
          </Button>
        </div>
      </Form>
    </Sheet>
  );
}
