import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { signOut } from '../../lib/auth.ts';
import { isRefused } from '../../lib/failure.ts';
import { spoken } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Doorway } from './doorway.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ZoneChoice } from './zone-choice.tsx';
import { listZones } from './zones.ts';

interface WelcomeProps {
  onOpened: (workspaceId: string) => void;
  onSignedOut: () => void;
}

/** Opening a workspace: one per business. */
export function Welcome({ onOpened, onSignedOut }: WelcomeProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useQuery(api.me.get.queryOptions());
  const { here } = useMemo(listZones, []);
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
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      onSignedOut();
      queries.clear();
    },
  });
  const problems = readProblems(opening.error);
  const isSignedOut = isRefused(me.error, 'signed-out');
  useEffect(() => {
    if (isSignedOut) onSignedOut();
  }, [isSignedOut, onSignedOut]);
  return (
    <Doorway title={t('welcome.title')} lead={t('welcome.lead')} isSignedIn>
      <Form onSubmit={() => opening.mutate({ name: name.trim(), language, zone })}>
        <TextField
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
        <ZoneChoice value={zone} error={problems['zone']} onChange={setZone} />
        {opening.error ? <FailureNotice error={opening.error} /> : null}
        <Button type="submit" loading={opening.isPending}>
          {t('welcome.submit')}
        </Button>
      </Form>
      {me.data ? (
        <p>
          {t('invitation.signedInAs', { email: me.data.email })}{' '}
          <Button variant="subtle" className="flush" loading={leaving.isPending} onClick={() => leaving.mutate()}>
            {t('app.signOut')}
          </Button>
        </p>
      ) : null}
    </Doorway>
  );
}
