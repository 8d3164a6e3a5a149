import { useTranslation } from 'react-i18next';
import type { MetricId } from '#contract/metrics.ts';
import { useMetricWords } from '../../lib/metric-words.ts';
import { useFormat } from '../../lib/use-format.ts';
import { DateField } from '../../ui/date-field.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { ProposalPartProps } from './proposal-draft.ts';
import { targetOf } from './proposal-draft.ts';

interface GoalPartProps extends ProposalPartProps {
  /** They did not say what matters most. */
  isWishGuessed: boolean;
}

/** First objective and goal, with the reason for the number. */
export function GoalPart({ proposal, draft, onChange, isWishGuessed }: GoalPartProps) {
  const { t } = useTranslation();
  const metricWords = useMetricWords();
  const format = useFormat();
  const { options, posts, weeks } = proposal.goal;
  const option = options.find((it) => it.metric === draft.metric);
  return (
    <Sheet
      title={t('begin.proposal.goalTitle')}
      lead={t(isWishGuessed ? 'begin.proposal.goalWhyGuessed' : 'begin.proposal.goalWhy')}
    >
      <TextField
        label={t('begin.proposal.objective')}
        required
        maxLength={200}
        dir="auto"
        value={draft.objective}
        onChange={(event) => onChange({ objective: event.currentTarget.value })}
      />
      <p className="begin-why">
        {t('begin.proposal.whyThis', { wish: draft.objective, metric: metricWords.name(draft.metric) })}
      </p>
      <TextField
        label={t('begin.proposal.goal')}
        required
        maxLength={200}
        dir="auto"
        value={draft.goal}
        onChange={(event) => onChange({ goal: event.currentTarget.value })}
      />
      <SelectField
        label={t('begin.proposal.metric')}
        description={metricWords.definition(draft.metric)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.metric}
        onChange={(event) => {
          const metric = event.currentTarget.value as MetricId;
          onChange({ metric, target: targetOf(proposal, metric) });
        }}
        data={options.map((it) => ({ value: it.metric, label: metricWords.name(it.metric) }))}
      />
      {options.some((it) => it.metric === 'page-link-clicks') ? null : (
        <p className="begin-why">{t('begin.proposal.noLink')}</p>
      )}
      <div className="form-pair">
        <TextField
          type="number"
          inputMode="numeric"
          label={t('begin.proposal.target')}
          required
          min={1}
          step={1}
          value={draft.target}
          onChange={(event) => onChange({ target: event.currentTarget.value })}
        />
        <DateField
          label={t('begin.proposal.deadline')}
          required
          value={draft.deadlineOn}
          spoken={draft.deadlineOn ? format.date(draft.deadlineOn) : undefined}
          onChange={(deadlineOn) => onChange({ deadlineOn })}
        />
      </div>
      {option ? (
        <p className="begin-why">
          {t('begin.proposal.reason', {
            posts: format.number(posts),
            weeks: format.number(weeks),
            perPost: format.number(option.perPost),
            target: format.number(option.target),
          })}
        </p>
      ) : null}
    </Sheet>
  );
}
