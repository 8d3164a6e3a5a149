import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { IconPlus } from '../../ui/icons.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { ObjectiveRanks } from './objective-ranks.tsx';

/** What the business wants or what presses it, in order. */
export function ObjectivesScreen() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const mayAdd = useMay('objectives.create');
  const { data, error, isPending, refetch } = useQuery(
    api.objectives.list.queryOptions({ input: { workspaceId, limit: 200 } }),
  );
  const add = mayAdd && data ? <AddObjective isFirst={data.items.length === 0} /> : null;
  return (
    <Page title={t('rooms.objectives')} lead={t('objectives.lead')}>
      {isPending ? <Waiting label={t('app.loading')} /> : null}
      {error ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('objectives.empty.title')}>
          <p>{t('objectives.empty.why')}</p>
          <p>{t('objectives.empty.example')}</p>
        </EmptyState>
      ) : null}
      {data && data.items.length > 0 ? <ObjectiveRanks objectives={data.items} /> : null}
      {add}
    </Page>
  );
}

function AddObjective({ isFirst }: { isFirst: boolean }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const [title, setTitle, forget] = useKept(`${workspaceId}.objective`, '');
  const adding = useMutation(
    api.objectives.create.mutationOptions({
      onSuccess: async () => {
        setTitle('');
        forget();
        await queries.invalidateQueries({ queryKey: api.objectives.key() });
      },
    }),
  );
  const submit = () => {
    adding.mutate({ workspaceId, title: title.trim() });
  };
  return (
    <Sheet>
      <Form className="form" onSubmit={submit}>
        <TextField
          label={isFirst ? t('objectives.first') : t('objectives.add')}
          description={t('objectives.addHint')}
          required
          maxLength={200}
          error={readProblems(adding.error)['title']}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {adding.error ? <FailureNotice error={adding.error} /> : null}
        <div>
          <Button
            type="submit"
            variant={isFirst ? 'filled' : 'default'}
            leftSection={<IconPlus size={18} />}
            loading={adding.isPending}
          >
            {t('objectives.addSubmit')}
          </Button>
        </div>
      </Form>
    </Sheet>
  );
}
