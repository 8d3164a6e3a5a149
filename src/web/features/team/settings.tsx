import { Button, NativeSelect, TextInput, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me, Workspace } from '#contract/people.ts';
import { api } from '../../lib/api.ts';
import { speak } from '../../lib/languages.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { listZones } from './zones.ts';

/** What holds for the workspace, and what holds for the person alone. */
export function Settings() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const me = useQuery(api.me.get.queryOptions());
  const workspace = useQuery(api.workspaces.get.queryOptions({ input: { workspaceId } }));
  return (
    <Page title={t('app.settings')} width="reading">
      {workspace.error ? <FailureNotice error={workspace.error} onRetry={() => void workspace.refetch()} /> : null}
      {workspace.isPending ? <Waiting label={t('app.loading')} /> : null}
      {workspace.data ? <WorkspaceSettings workspace={workspace.data} /> : null}
      {me.data ? <OwnSettings me={me.data} /> : null}
    </Page>
  );
}

function WorkspaceSettings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayChange = useMay('workspaces.update');
  const { zones } = useMemo(listZones, []);
  const [draft, setDraft] = useState({ ...workspace, grace: String(workspace.graceMinutes) });
  const change = (part: Partial<typeof draft>) => setDraft((it) => ({ ...it, ...part }));
  const saving = useMutation(
    api.workspaces.update.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.workspaces.key() }),
          queries.invalidateQueries({ queryKey: api.me.key() }),
        ]);
        showToast({ text: t('app.saved') });
      },
    }),
  );
  const problems = readProblems(saving.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, language, zone, grace } = draft;
    saving.mutate({ workspaceId: workspace.id, name: name.trim(), language, zone, graceMinutes: Number(grace) });
  };
  return (
    <Sheet title={t('settings.workspace')}>
      <form onSubmit={submit}>
        <fieldset className="form form-plain" disabled={!mayChange}>
          <TextInput
            label={t('welcome.name')}
            required
            maxLength={100}
            error={problems['name']}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <LanguageChoice
            label={t('welcome.language')}
            description={t('welcome.languageHint')}
            value={draft.language}
            onChange={(language) => change({ language })}
          />
          <NativeSelect
            label={t('welcome.zone')}
            description={t('welcome.zoneHint')}
            error={problems['zone']}
            value={draft.zone}
            onChange={(event) => change({ zone: event.currentTarget.value })}
            data={[...new Set([draft.zone, ...zones])]}
          />
          <TextInput
            label={t('settings.grace')}
            description={t('settings.graceHint')}
            type="number"
            min={5}
            max={1440}
            required
            error={problems['graceMinutes']}
            value={draft.grace}
            onChange={(event) => change({ grace: event.currentTarget.value })}
          />
          {saving.error ? <FailureNotice error={saving.error} /> : null}
          {mayChange ? (
            <div>
              <Button type="submit" loading={saving.isPending}>
                {t('app.save')}
              </Button>
            </div>
          ) : null}
        </fieldset>
      </form>
    </Sheet>
  );
}

function OwnSettings({ me }: { me: Me }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const saving = useMutation(
    api.me.update.mutationOptions({
      onSuccess: async (person) => {
        await speak(person.language);
        await queries.invalidateQueries({ queryKey: api.me.key() });
        showToast({ text: t('app.saved') });
      },
    }),
  );
  return (
    <Sheet title={t('settings.own')} lead={me.email}>
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
