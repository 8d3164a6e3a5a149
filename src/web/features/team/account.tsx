import { Button, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { api } from '../../lib/api.ts';
import { speak } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ChangePassword } from './change-password.tsx';
import { Devices } from './devices.tsx';
import { KeyboardChoice } from './keyboard-choice.tsx';
import { LanguageChoice } from './language-choice.tsx';

/** What holds for the person alone, in every workspace. */
export function Account() {
  const { t } = useTranslation();
  const me = useQuery(api.me.get.queryOptions());
  return (
    <Page title={t('account.title')} lead={me.data?.email} width="reading">
      {me.error ? <FailureNotice error={me.error} onRetry={() => void me.refetch()} /> : null}
      {me.isPending ? <Waiting label={t('app.loading')} /> : null}
      {me.data ? <OwnSettings me={me.data} /> : null}
      <KeyboardChoice />
      {me.data?.demo ? (
        <Sheet title={t('signIn.password')}>
          <p className="form-hint">{t('account.demoPassword')}</p>
        </Sheet>
      ) : (
        <ChangePassword />
      )}
      <Devices />
    </Page>
  );
}

function OwnSettings({ me }: { me: Me }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [name, setName] = useState(me.name);
  const saving = useMutation(
    api.me.update.mutationOptions({
      onSuccess: async (person) => {
        await speak(person.language);
        await queries.invalidateQueries({ queryKey: api.me.key() });
        // Said in the language that holds from now on.
        showToast({ text: i18n.t('app.saved') });
      },
    }),
  );
  return (
    <Sheet>
      <Form className="form" onSubmit={() => saving.mutate({ name: name.trim() })}>
        <TextField
          label={t('signUp.name')}
          autoComplete="name"
          required
          maxLength={100}
          error={readProblems(saving.error)['name']}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {t('account.saveName')}
          </Button>
        </div>
      </Form>
      <div className="form">
        <LanguageChoice
          label={t('settings.language')}
          value={me.language}
          onChange={(language) => saving.mutate({ language })}
        />
        {saving.error ? <FailureNotice error={saving.error} /> : null}
        <div className="form-rows">
          <strong>{t('settings.look')}</strong>
          <div>
            <Segmented
              label={t('settings.look')}
              value={colorScheme}
              options={[
                { value: 'auto', label: t('settings.lookAuto') },
                { value: 'light', label: t('settings.lookLight') },
                { value: 'dark', label: t('settings.lookDark') },
              ]}
              onChange={setColorScheme}
            />
          </div>
        </div>
      </div>
    </Sheet>
  );
}
