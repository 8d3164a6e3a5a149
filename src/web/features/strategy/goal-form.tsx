import { metrics } from 'virtual:contract';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetricId } from '#contract/metrics.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useKept } from '../../lib/use-kept.ts';
import { DateField } from '../../ui/date-field.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { More } from '../../ui/more.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type GoalDraft, shapeGoal } from './goal-draft.ts';
import { GoalExtras } from './goal-extras.tsx';

interface GoalFormProps {
  /** What half-written words are kept under. */
  name: string;
  begin: GoalDraft;
  submitLabel: string;
  /** Are the extras open from the start? */
  showExtras: boolean;
  error: unknown;
  isBusy: boolean;
  /** Resolves when the goal was kept. */
  onSubmit: (goal: ReturnType<typeof shapeGoal>) => Promise<unknown>;
}

/** Title, metric, target and deadline are asked for; everything else is offered. */
export function GoalForm({ name, begin, submitLabel, showExtras, error, isBusy, onSubmit }: GoalFormProps) {
  const { t } = useTranslation();
  const words = useMetricWords();
  const format = useFormat();
  const [draft, setDraft, forget] = useKept(name, begin);
  const change = (part: Partial<GoalDraft>) => setDraft((it) => ({ ...it, ...part }));
  const problems = readProblems(error);
  const submit = () => {
    if (draft.metric !== '') onSubmit(shapeGoal(draft, draft.metric)).then(forget, () => undefined);
  };
  return (
    <Form className="form" onSubmit={submit}>
      <TextField
        label={t('goals.form.title')}
        placeholder={t('goals.form.titleExample')}
        required
        autoFocus={begin.title === ''}
        maxLength={200}
        error={problems['title']}
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <SelectField
        label={t('goals.form.metric')}
        required
        description={draft.metric ? words.definition(draft.metric) : t('goals.form.metricHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={problems['metric']}
        value={draft.metric}
        onChange={(event) => change({ metric: event.currentTarget.value as MetricId | '' })}
      >
        <option value="">{t('goals.form.metricChoose')}</option>
        {(Object.keys(metrics) as MetricId[]).map((id) => (
          <option key={id} value={id}>
            {words.name(id)}
          </option>
        ))}
      </SelectField>
      {draft.metric && metrics[draft.metric].vanity ? (
        <Notice tone="quiet" title={t('goals.form.vanityTitle')}>
          {t('goals.form.vanity')}
        </Notice>
      ) : null}
      <div className="form-pair">
        <div className="form-rows">
          <TextField
            label={t('goals.form.target')}
            type="number"
            step="any"
            required
            inputMode="decimal"
            error={problems['target'] ?? problems['target.value'] ?? problems['target.percent']}
            rightSection={draft.targetKind === 'relative' ? '%' : null}
            value={draft.targetText}
            onChange={(event) => change({ targetText: event.currentTarget.value })}
          />
          <div>
            <Segmented
              label={t('goals.form.targetKind')}
              value={draft.targetKind}
              options={[
                { value: 'number', label: t('goals.form.targetNumber') },
                { value: 'relative', label: t('goals.form.targetRelative') },
              ]}
              onChange={(targetKind) => change({ targetKind })}
            />
          </div>
          {draft.targetKind === 'relative' ? <p className="form-hint">{t('goals.form.relativeHint')}</p> : null}
        </div>
        <DateField
          label={t('goals.form.deadline')}
          required
          value={draft.deadlineOn}
          min={draft.startsOn}
          spoken={draft.deadlineOn ? format.fullDate(draft.deadlineOn) : undefined}
          error={problems['deadlineOn']}
          onChange={(deadlineOn) => change({ deadlineOn })}
        />
      </div>
      <More label={t('goals.form.more')} hint={t('goals.form.moreHint')} open={showExtras}>
        <GoalExtras draft={draft} problems={problems} change={change} />
      </More>
      {error ? <FailureNotice error={error} /> : null}
      <div className="form-actions">
        <Button type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
      </div>
    </Form>
  );
}
