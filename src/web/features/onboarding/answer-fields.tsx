import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InterviewAnswers, InterviewQuestion } from '#contract/onboarding.ts';
import { type Industry, industries, starterOf } from '#contract/starters.ts';
import { SelectField, TextField, TextsField } from '../../ui/fields.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { AccountsField } from './accounts-field.tsx';
import { ContactFields } from './contact-fields.tsx';

interface AnswerFieldsProps {
  question: InterviewQuestion;
  answers: InterviewAnswers;
  onChange: (change: Partial<InterviewAnswers>) => void;
}

/** The fields of one question. */
export function AnswerFields({ question, answers, onChange }: AnswerFieldsProps) {
  const { t } = useTranslation();
  switch (question) {
    case 'business':
      return <BusinessFields answers={answers} onChange={onChange} />;
    case 'buyers':
      return (
        <>
          <TextsField
            label={t('begin.buyers.label')}
            description={t('begin.buyers.hint')}
            autosize
            minRows={3}
            maxLength={1_000}
            dir="auto"
            value={answers.buyers}
            onChange={(event) => onChange({ buyers: event.currentTarget.value })}
          />
          <ContactFields answers={answers} onChange={onChange} />
        </>
      );
    case 'accounts':
      return <AccountsField accounts={answers.accounts} onChange={(accounts) => onChange({ accounts })} />;
    case 'minutes':
      return <MinutesFields answers={answers} onChange={onChange} />;
    case 'wish':
      return <WishFields answers={answers} onChange={onChange} />;
  }
}

type Part = Omit<AnswerFieldsProps, 'question'>;

function BusinessFields({ answers, onChange }: Part) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('industries');
  return (
    <>
      <SelectField
        label={t('begin.business.industry')}
        value={answers.industry ?? ''}
        onChange={(event) => onChange({ industry: (event.currentTarget.value || null) as Industry | null })}
        data={[
          { value: '', label: t('begin.business.choose') },
          ...industries.map((value) => ({ value, label: say(`kinds.${value}.name`) })),
        ]}
      />
      <TextsField
        label={t('begin.business.words')}
        description={t('begin.business.wordsHint')}
        autosize
        minRows={2}
        maxLength={500}
        dir="auto"
        value={answers.business}
        onChange={(event) => onChange({ business: event.currentTarget.value })}
      />
      <TextField
        label={t('begin.business.place')}
        description={t('begin.business.placeHint')}
        maxLength={100}
        dir="auto"
        value={answers.place}
        onChange={(event) => onChange({ place: event.currentTarget.value })}
      />
    </>
  );
}

const usualMinutes = [15, 30, 60, 90, 120, 180];

function MinutesFields({ answers, onChange }: Part) {
  const { t } = useTranslation();
  const { minutes } = answers;
  return (
    <>
      <div className="begin-minutes">
        <Segmented
          label={t('begin.minutes.usual')}
          value={minutes === null ? '' : String(minutes)}
          options={usualMinutes.map((it) => ({ value: String(it), label: t('begin.minutes.some', { count: it }) }))}
          onChange={(value) => onChange({ minutes: Number(value) })}
        />
      </div>
      <TextField
        type="number"
        inputMode="numeric"
        label={t('begin.minutes.label')}
        description={t('begin.minutes.hint')}
        min={0}
        max={6_000}
        step={1}
        value={minutes ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ minutes: value === '' ? null : Math.round(Number(value)) });
        }}
      />
    </>
  );
}

function WishFields({ answers, onChange }: Part) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('industries');
  const kind = answers.industry ?? 'other';
  return (
    <>
      <Radio.Group
        label={t('begin.wish.label')}
        value={answers.wish ?? ''}
        onChange={(wish) => onChange({ wish })}
        className="begin-wishes"
      >
        {Object.keys(starterOf(answers.industry).wishes).map((wish) => (
          <Radio key={wish} value={wish} label={say(`kinds.${kind}.wishes.${wish}`)} />
        ))}
        <Radio value="own" label={t('begin.wish.own')} />
      </Radio.Group>
      {answers.wish === 'own' ? (
        <TextField
          label={t('begin.wish.words')}
          description={t('begin.wish.wordsHint')}
          maxLength={200}
          dir="auto"
          value={answers.wishWords}
          onChange={(event) => onChange({ wishWords: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
