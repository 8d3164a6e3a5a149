import { metrics } from 'virtual:contract';
import { Button, Radio } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricId } from '#contract/metrics.ts';
import type { Goal, Initiative } from '#contract/strategy.ts';
import { api, client } from '../../lib/api.ts';
import { addDays, todayIn } from '../../lib/local-day.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useFormat } from '../../lib/use-format.ts';
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
  const [title, setTitle] = useState(initiative?.title ?? '');
  const [startsOn, setStartsOn] = useState(initiative?.startsOn ?? today);
  const [endKind, setEndKind] = useState<Initiative['end']['kind']>(initiative?.end.kind ?? 'span');
  const [endOn, setEndOn] = useState(initiative?.end.kind === 'date' ? initiative.end.on : addDays(today, 30));
  const [days, setDays] = useState(initiative?.end.kind === 'span' ? String(initiative.end.days) : '7');
  const [description, setDescription] = useState(initiative?.description ?? '');
  const [metric, setMetric] = useState<MetricId | ''>(initiative?.metric ?? '');
  const [target, setTarget] = useState(initiative?.target?.kind === 'number' ? String(initiative.target.value) : '');
  const [means, setMeans] = useState(initiative?.means ?? []);
  const saving = useMutation({
    mutationFn: async () => {
      const end: Initiative['end'] =
        endKind === 'date'
          ? { kind: 'date', on: endOn }
          : endKind === 'span'
            ? { kind: 'span', days: Number(days) }
            : { kind: 'target-reached' };
      const fields = {
        title: title.trim(),
        startsOn,
        end,
        description,
        metric: metric === '' ? null : metric,
        target: target.trim() === '' ? null : { kind: 'number' as const, value: Number(target) },
        means: means.filter((it) => it.what.trim() !== ''),
      };
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
      onDone();
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
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <DateField
        label={t('initiatives.form.start')}
        required
        value={startsOn}
        spoken={startsOn ? format.fullDate(startsOn) : undefined}
        error={problems['startsOn']}
        onChange={setStartsOn}
      />
      <Radio.Group
        label={t('initiatives.form.end')}
        value={endKind}
        onChange={(kind) => setEndKind(kind as Initiative['end']['kind'])}
      >
        <div className="form-choices">
          <Radio value="span" label={t('initiatives.form.endSpan')} />
          <Radio value="date" label={t('initiatives.form.endDate')} />
          <Radio value="target-reached" label={t('initiatives.form.endTarget')} />
        </div>
      </Radio.Group>
      {endKind === 'span' ? (
        <TextField
          label={t('initiatives.form.days')}
          type="number"
          min={1}
          max={3650}
          required
          error={problems['end.days']}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      ) : null}
      {endKind === 'date' ? (
        <DateField
          label={t('initiatives.form.endOn')}
          required
          min={startsOn}
          value={endOn}
          spoken={endOn ? format.fullDate(endOn) : undefined}
          error={problems['end.on'] ?? problems['end']}
          onChange={setEndOn}
        />
      ) : null}
      <More label={t('goals.form.more')} hint={t('initiatives.form.moreHint')} open={endKind === 'target-reached'}>
        <div className="form-pair">
          <SelectField
            label={t('initiatives.form.metric')}
            description={t('initiatives.form.metricHint')}
            error={problems['metric']}
            value={metric}
            onChange={(event) => setMetric(event.currentTarget.value as MetricId | '')}
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
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
          />
        </div>
        <TextsField
          label={t('initiatives.form.description')}
          autosize={false}
          rows={3}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <MeansField means={means} onChange={setMeans} />
      </More>
      {saving.error ? <FailureNotice error={saving.error} /> : null}
      <div className="form-actions">
        <Button type="submit" loading={saving.isPending}>
          {initiative ? t('goals.form.save') : t('initiatives.form.add')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </Form>
  );
}
