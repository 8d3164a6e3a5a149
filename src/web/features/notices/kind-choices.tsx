import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { KindChoice, MailWay, NoticeSettings } from '#contract/notices.ts';
import { api } from '../../lib/api.ts';
import { SelectField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import type { Choose } from './choose.ts';

/** Every kind with its ways. */
export function KindChoices({ settings, choose }: { settings: NoticeSettings; choose: Choose }) {
  const { t } = useTranslation('notices');
  const isOperator = useQuery(api.me.get.queryOptions()).data?.isOperator === true;
  const { mail } = settings;
  const kinds = settings.kinds.filter(({ kind }) => kind !== 'publishing-stopped' || isOperator);
  return (
    <Sheet title={t('settings.what')}>
      {mail.configured ? (
        <p className="sheet-lead">{t('settings.mailTo', { to: mail.to })}</p>
      ) : (
        <Notice tone="quiet">{t('settings.mailMissing')}</Notice>
      )}
      <div className="notice-choices-head" aria-hidden="true">
        <span>{t('settings.mail')}</span>
        <span>{t('settings.push')}</span>
        <span>{t('settings.urgent')}</span>
      </div>
      <ul className="notice-choices">
        {kinds.map((choice) => (
          <KindLine key={choice.kind} choice={choice} choose={choose} />
        ))}
      </ul>
    </Sheet>
  );
}

const mailWays: readonly MailWay[] = ['now', 'digest', 'off'];
const mailWords = { now: 'mailNow', digest: 'mailDigest', off: 'mailOff' } as const;

function KindLine({ choice, choose }: { choice: KindChoice; choose: Choose }) {
  const { t } = useTranslation('notices');
  const name = t(`kinds.${choice.kind}`);
  const change = (part: Partial<KindChoice>) => void choose({ kinds: [{ ...choice, ...part }] }, { kinds: [choice] });
  return (
    <li className="notice-choice">
      <span className="notice-choice-name">{name}</span>
      <div className="notice-choice-ways">
        <div className="notice-choice-mail">
          <span aria-hidden="true">{t('settings.mail')}</span>
          <SelectField
            aria-label={t('settings.mailOf', { kind: name })}
            value={choice.mail}
            data={mailWays.map((value) => ({ value, label: t(`settings.${mailWords[value]}`) }))}
            onChange={(event) =>
              change({ mail: mailWays.find((way) => way === event.currentTarget.value) ?? choice.mail })
            }
          />
        </div>
        <Checkbox
          label={t('settings.push')}
          aria-label={`${t('settings.push')}: ${name}`}
          checked={choice.push}
          onChange={(event) => change({ push: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('settings.urgent')}
          aria-label={`${t('settings.urgent')}: ${name}`}
          checked={choice.urgent}
          onChange={(event) => change({ urgent: event.currentTarget.checked })}
        />
      </div>
    </li>
  );
}
