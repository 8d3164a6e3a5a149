import { metrics } from 'virtual:contract';
import { Button, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricId } from '#contract/metrics.ts';
import type { Goal, Initiative } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { addDays, todayIn } from '../../lib/local-day.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField, TextsField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { More } from '../../ui/more.tsx';
import { MeansField } from './means-field.tsx';

interface InitiativeFormProps {
  goal: Goal;
  /** Absent for a new one. */
  initiative?: Initiative;
  onDone: () => void;
}

/** A step with one of three ends: a date, a span, or a target reached. */
export function InitiativeForm({ goal, initiative, onDone }: InitiativeFormProps) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const words = useMetricWords();
  const queries = useQueryClient();
  const today = todayIn(zone);
  const begin = useMemo(() => openDraft(initiative, today), [initiative, today]);
  const name = initiative ? `${initiative.id}.${initiative.revision}` : goal.id;
  const [draft, setDraft, forget] = useKept(`${workspaceId}.initiative.${name}`, begin);
  const change = (part: Partial<InitiativeDraft>) => setDraft((it) => ({ ...it, ...part }));
  const leave = () => {
    forget();
    onDone();
  };
  const saving = useMutation({
    mutationFn: async () => {
      const fields = shapeInitiative(draft);
      return initiative
        ? client.initiatives.update({
            workspaceId,
            initiativeId: initiative.id,
            revision: initiative.revision,
            ...fields,
          })
        : client.initiatives.create({ workspaceId, goalId: goal.id, ...fields });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.initiatives.key() });
      leave();
    },
  });
  const problems = readProblems(saving.error);
  const submit = () => {
    saving.mutate();
  };
  return (
    <Form className="form initiative-form" onSubmit={submit}>
      <TextField
        label={t('initiatives.form.title')}
        placeholder={t('initiatives.form.titleExample')}
        required
        autoFocus
        maxLength={200}
        error={problems['title']}
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <DateField
        label={t('initiatives.form.start')}
        required
        value={draft.startsOn}
        spoken={draft.startsOn ? format.fullDate(draft.startsOn) : undefined}
        error={problems['startsOn']}
        onChange={(startsOn) => change({ startsOn })}
      />
      <Radio.Group
        label={t('initiatives.form.end')}
        value={draft.endKind}
        onChange={(kind) => change({ endKind: kind as Initiative['end']['kind'] })}
      >
        <div className="form-choices">
          <Radio value="span" label={t('initiatives.form.endSpan')} />
          <Radio value="date" label={t('initiatives.form.endDate')} />
          <Radio value="target-reached" label={t('initiatives.form.endTarget')} />
        </div>
      </Radio.Group>
      {draft.endKind === 'span' ? (
        <TextField
          label={t('initiatives.form.days')}
          type="number"
          min={1}
          max={3650}
          required
          error={problems['end.days']}
          value={draft.days}
          onChange={(event) => change({ days: event.currentTarget.value })}
        />
      ) : null}
      {draft.endKind === 'date' ? (
        <DateField
          label={t('initiatives.form.endOn')}
          required
          min={draft.startsOn}
          value={draft.endOn}
          spoken={draft.endOn ? format.fullDate(draft.endOn) : undefined}
          error={problems['end.on'] ?? problems['end']}
          onChange={(endOn) => change({ endOn })}
        />
      ) : null}
      <More
        label={t('goals.form.more')}
        hint={t('initiatives.form.moreHint')}
        open={draft.endKind === 'target-reached'}
      >
        <div className="form-pair">
          <SelectField
            label={t('initiatives.form.metric')}
            description={t('initiatives.form.metricHint')}
            error={problems['metric']}
            value={draft.metric}
            onChange={(event) => change({ metric: event.currentTarget.value as MetricId | '' })}
          >
            <option value="">{t('initiatives.form.goalMetric')}</option>
            {(Object.keys(metrics) as MetricId[]).map((id) => (
              <option key={id} value={id}>
                {words.name(id)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('goals.form.target')}
            description={t('initiatives.form.targetHint')}
            type="number"
            step="any"
            error={problems['target'] ?? problems['target.value']}
            value={draft.target}
            onChange={(event) => change({ target: event.currentTarget.value })}
          />
        </div>
        <TextsField
          label={t('initiatives.form.description')}
          autosize={false}
          rows={3}
          value={draft.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <MeansField means={draft.means} onChange={(means) => change({ means })} />
      </More>
      {saving.error ? <FailureNotice error={saving.error} /> : null}
      <div className="form-actions">
        <Button type="submit" loading={saving.isPending}>
          {initiative ? t('goals.form.save') : t('initiatives.form.add')}
        </Button>
        <Button variant="subtle" onClick={leave}>
          {t('app.cancel')}
        </Button>
      </div>
    </Form>
  );
}

interface InitiativeDraft {
  title: string;
  startsOn: string;
  endKind: Initiative['end']['kind'];
  endOn: string;
  days: string;
  description: string;
  metric: MetricId | '';
  target: string;
  means: Initiative['means'];
}

function openDraft(initiative: Initiative | undefined, today: string): InitiativeDraft {
  const end = initiative?.end;
  return {
    title: initiative?.title ?? '',
    startsOn: initiative?.startsOn ?? today,
    endKind: end?.kind ?? 'span',
    endOn: end?.kind === 'date' ? end.on : addDays(today, 30),
    days: end?.kind === 'span' ? String(end.days) : '7',
    description: initiative?.description ?? '',
    metric: initiative?.metric ?? '',
    target: initiative?.target?.kind === 'number' ? String(initiative.target.value) : '',
    means: initiative?.means ?? [],
  };
}

/** What is sent of what was typed. */
function shapeInitiative({
  title,
  startsOn,
  endKind,
  endOn,
  days,
  description,
  metric,
  target,
  means,
}: InitiativeDraft) {
  const ends: Record<InitiativeDraft['endKind'], Initiative['end']> = {
    date: { kind: 'date', on: endOn },
    span: { kind: 'span', days: Number(days) },
    'target-reached': { kind: 'target-reached' },
  };
  return {
    title: title.trim(),
    startsOn,
    end: ends[endKind],
    description,
    metric: metric === '' ? null : metric,
    target: target.trim() === '' ? null : { kind: 'number' as const, value: Number(target) },
    means: means.filter((it) => it.what.trim() !== ''),
  };
}
