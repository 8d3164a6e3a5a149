import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { spoken } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Doorway } from './doorway.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { listZones } from './zones.ts';

/** Opening a workspace: one per business. */
export function Welcome({
  onOpened,
  onSignedOut,
}: {
  onOpened: (workspaceId: string) => void;
  onSignedOut: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useQuery(api.me.get.queryOptions());
  const { here, zones } = useMemo(listZones, []);
  const [name, setName] = useState('');
  const [language, setLanguage] = useState(spoken());
  const [zone, setZone] = useState(here);
  const opening = useMutation(
    api.workspaces.create.mutationOptions({
      onSuccess: async (workspace) => {
        await queries.resetQueries({ queryKey: api.me.key() });
        onOpened(workspace.id);
      },
    }),
  );
  const problems = readProblems(opening.error);
  const isSignedOut = isRefused(me.error, 'signed-out');
  useEffect(() => {
    if (isSignedOut) onSignedOut();
  }, [isSignedOut, onSignedOut]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate({ name: name.trim(), language, zone });
  };
  return (
    <Doorway title={t('welcome.title')} lead={t('welcome.lead')}>
      <form onSubmit={submit}>
        <TextInput
          name="workspace"
          autoComplete="organization"
          required
          autoFocus
          maxLength={100}
          label={t('welcome.name')}
          error={problems['name']}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <LanguageChoice
          label={t('welcome.language')}
          description={t('welcome.languageHint')}
          value={language}
          onChange={setLanguage}
        />
        <NativeSelect
          label={t('welcome.zone')}
          description={t('welcome.zoneHint')}
          error={problems['zone']}
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          data={zones}
        />
        {opening.error ? <FailureNotice error={opening.error} /> : null}
        <Button type="submit" loading={opening.isPending}>
          {t('welcome.submit')}
        </Button>
      </form>
    </Doorway>
  );
}
