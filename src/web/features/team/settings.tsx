import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Workspace } from '#contract/people.ts';
import { api } from '../../lib/api.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ZoneChoice } from './zone-choice.tsx';

/** What holds for the workspace. */
export function Settings() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const workspace = useQuery(api.workspaces.get.queryOptions({ input: { workspaceId } }));
  return (
    <Page title={t('settings.workspace')} width="reading">
      {workspace.error ? <FailureNotice error={workspace.error} onRetry={() => void workspace.refetch()} /> : null}
      {workspace.isPending ? <Waiting label={t('app.loading')} /> : null}
      {workspace.data ? <WorkspaceSettings workspace={workspace.data} /> : null}
    </Page>
  );
}

type Draft = Pick<Workspace, 'name' | 'language' | 'zone'> & { grace: string };

const unchanged: Partial<Draft> = {};

function WorkspaceSettings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayChange = useMay('workspaces.update');
  // Only what was changed is kept, so that the rest is as somebody else may have set it meanwhile.
  const [changed, setChanged, forget] = useKept(`${workspace.id}.settings`, unchanged);
  const draft: Draft = { ...workspace, grace: String(workspace.graceMinutes), ...changed };
  const change = (part: Partial<Draft>) => setChanged((it) => ({ ...it, ...part }));
  const saving = useMutation(
    api.workspaces.update.mutationOptions({
      onSuccess: async () => {
        forget();
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.workspaces.key() }),
          queries.invalidateQueries({ queryKey: api.me.key() }),
        ]);
        showToast({ text: t('app.saved') });
      },
    }),
  );
  const problems = readProblems(saving.error);
  const save = () => {
    const { name, language, zone, grace } = draft;
    saving.mutate({ workspaceId: workspace.id, name: name.trim(), language, zone, graceMinutes: Number(grace) });
  };
  return (
    <Sheet>
      <Form onSubmit={save}>
        <fieldset className="form form-plain" disabled={!mayChange}>
          <TextField
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
          <ZoneChoice
            value={draft.zone}
            error={problems['zone']}
            isLocked={!mayChange}
            onChange={(zone) => change({ zone })}
          />
          <TextField
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
      </Form>
    </Sheet>
  );
}
