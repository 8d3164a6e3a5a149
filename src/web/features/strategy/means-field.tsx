import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconTrash } from '../../ui/icons.ts';

type Means = { what: string; atHand: boolean }[];

/** What a goal or initiative needs, each at hand or missing. */
export function MeansField({ means, onChange }: { means: Means; onChange: (means: Means) => void }) {
  const { t } = useTranslation();
  const set = (index: number, part: Partial<Means[number]>) =>
    onChange(means.map((it, at) => (at === index ? { ...it, ...part } : it)));
  return (
    <fieldset className="form-rows">
      <legend>{t('goals.form.means')}</legend>
      <p className="form-hint">{t('goals.form.meansHint')}</p>
      {means.map((mean, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity but their place
        <div className="form-row" key={index}>
          <TextInput
            aria-label={t('goals.form.mean', { number: index + 1 })}
            maxLength={300}
            value={mean.what}
            onChange={(event) => set(index, { what: event.currentTarget.value })}
          />
          <Checkbox
            label={t('goals.form.meanAtHand')}
            checked={mean.atHand}
            onChange={(event) => set(index, { atHand: event.currentTarget.checked })}
          />
          <ActionIcon
            aria-label={t('goals.form.meanRemove', { number: index + 1 })}
            onClick={() => onChange(means.filter((_, at) => at !== index))}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} />}
          onClick={() => onChange([...means, { what: '', atHand: false }])}
        >
          {t('goals.form.meanAdd')}
        </Button>
      </div>
    </fieldset>
  );
}
