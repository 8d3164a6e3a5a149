import { useTranslation } from 'react-i18next';
import { type ContactWay, contactWays, shapeContactUrl, shapePhoneUrl } from '#contract/contact.ts';
import type { InterviewAnswers } from '#contract/onboarding.ts';
import { showAddress } from '../../lib/show-address.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { useIsFaulty, useJudged } from '../../ui/form.tsx';

interface ContactFieldsProps {
  answers: InterviewAnswers;
  onChange: (change: Partial<InterviewAnswers>) => void;
}

/** How buyers order or get in touch; all of it may stay empty. Says where a name or an address will lead. */
export function ContactFields({ answers, onChange }: ContactFieldsProps) {
  const { t } = useTranslation();
  const { phone, contactWay, contact } = answers;
  const address = shapeContactUrl(contactWay, contact);
  const isUnclear = {
    phone: phone.trim() !== '' && shapePhoneUrl(phone) === null,
    contact: contact.trim() !== '' && address === null,
  };
  // Of one way only: what is wrong with a name on LINE says nothing of a number.
  const names = { phone: 'contact-phone', contact: `contact-${contactWay}` };
  const isPhoneSaid = useIsFaulty(names.phone);
  const isContactSaid = useIsFaulty(names.contact);
  const judgePhone = useJudged(isUnclear.phone ? t('begin.contact.unclear.phone') : '');
  const judgeContact = useJudged(isUnclear.contact ? t(`begin.contact.unclear.${contactWay}`) : '');
  return (
    <fieldset className="begin-contact">
      <legend>{t('begin.contact.title')}</legend>
      <p className="form-hint">{t('begin.contact.hint')}</p>
      <TextField
        ref={judgePhone}
        name={names.phone}
        type="tel"
        label={t('begin.contact.phone')}
        maxLength={40}
        value={phone}
        onChange={(event) => onChange({ phone: event.currentTarget.value })}
      />
      <p className="begin-why" role="status">
        {isUnclear.phone && !isPhoneSaid ? t('begin.contact.unclear.phone') : ''}
      </p>
      <div className="form-pair">
        <SelectField
          label={t('begin.contact.way')}
          value={contactWay}
          onChange={(event) => onChange({ contactWay: event.currentTarget.value as ContactWay })}
          data={contactWays.map((value) => ({ value, label: t(`begin.contact.ways.${value}`) }))}
        />
        <TextField
          ref={judgeContact}
          name={names.contact}
          label={t(`begin.contact.where.${contactWay}`)}
          placeholder={t(`begin.contact.example.${contactWay}`)}
          inputMode={contactWay === 'whatsapp' ? 'tel' : 'url'}
          spellCheck={false}
          autoCapitalize="none"
          maxLength={300}
          value={contact}
          onChange={(event) => onChange({ contact: event.currentTarget.value })}
        />
      </div>
      <p className="begin-why" role="status">
        {address !== null
          ? t('begin.contact.leads', { address: showAddress(address) })
          : isUnclear.contact && !isContactSaid
            ? t(`begin.contact.unclear.${contactWay}`)
            : ''}
      </p>
    </fieldset>
  );
}
