import { metrics } from 'virtual:contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal } from '#contract/strategy.ts';
import { api } from '../../lib/api.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import type { GoalDraft } from './goal-draft.ts';
import { MeansField } from './means-field.tsx';
import { ScopeFields } from './scope-fields.tsx';

interface GoalExtrasProps {
  draft: GoalDraft;
  problems: Record<string, string>;
  change: (part: Partial<GoalDraft>) => void;
}

const rhythms: Goal['checkpoints'][] = ['daily', 'weekly', 'monthly', 'end'];

/** What makes a goal better and is not asked for at first. */
export function GoalExtras({ draft, problems, change }: GoalExtrasProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id: workspaceId } = useWorkspace();
  const members = useMembers();
  const objectives = useQuery(api.objectives.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const kind = draft.metric ? metrics[draft.metric].kind : 'sum-by-post';
  return (
    <>
      <SelectField
        label={t('goals.form.objective')}
        description={t('goals.form.objectiveHint')}
        value={draft.objectiveId}
        onChange={(event) => change({ objectiveId: event.currentTarget.value })}
      >
        <option value="">{t('goals.form.noObjective')}</option>
        {objectives.data?.items.map((it) => (
          <option key={it.id} value={it.id}>
            {it.title}
          </option>
        ))}
      </SelectField>
      <ScopeFields draft={draft} isByPost={kind === 'sum-by-post'} change={change} />
      <div className="form-pair">
        <DateField
          label={t('goals.form.start')}
          value={draft.startsOn}
          spoken={draft.startsOn ? format.fullDate(draft.startsOn) : undefined}
          error={problems['startsOn']}
          onChange={(startsOn) => change({ startsOn })}
        />
        <TextField
          label={t('goals.form.baseline')}
          type="number"
          step="any"
          description={t('goals.form.baselineHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={problems['baseline'] ?? problems['baseline.value']}
          value={draft.baselineText}
          onChange={(event) => change({ baselineText: event.currentTarget.value })}
        />
      </div>
      <div className="form-pair">
        <SelectField
          label={t('goals.form.owner')}
          error={problems['ownerId']}
          value={draft.ownerId}
          onChange={(event) => change({ ownerId: event.currentTarget.value })}
        >
          <option value="">{t('goals.form.noOwner')}</option>
          {members.map((it) => (
            <option key={it.personId} value={it.personId}>
              {it.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('goals.form.checkpoints')}
          value={draft.checkpoints}
          onChange={(event) => change({ checkpoints: event.currentTarget.value as Goal['checkpoints'] })}
        >
          {rhythms.map((it) => (
            <option key={it} value={it}>
              {t(`checkpoints.${it}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <MeansField means={draft.means} onChange={(means) => change({ means })} />
    </>
  );
}
