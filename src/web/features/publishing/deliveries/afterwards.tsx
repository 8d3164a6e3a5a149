import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '#contract/deliveries.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay } from '../../../lib/workspace.tsx';
import { Question } from '../../../ui/question.tsx';
import { DeliveryWord } from '../delivery-words.tsx';
import { CorrectForm } from './correct-form.tsx';
import { useDeliveryActs } from './use-delivery-acts.ts';

/** What became of a delivery after it went live; on its post's own screen, also what can still be done to it there. */
export function Afterwards({ delivery, showsPost }: { delivery: Delivery; showsPost: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { removedAt, goneAt, correctedAt, correctedContent, afterwards, parts } = delivery;
  const comment = parts.find((it) => it.role === 'comment');
  return (
    <>
      {comment ? (
        <p className="delivery-comment">
          {t('deliveries.firstComment')}
          <DeliveryWord state={comment.state} removed={comment.removedAt !== null} />
        </p>
      ) : null}
      {removedAt ? <p>{t('deliveries.removedOn', { time: format.longDateTime(removedAt) })}</p> : null}
      {goneAt ? (
        <p className="delivery-reason">{t('deliveries.goneOn', { time: format.longDateTime(goneAt) })}</p>
      ) : null}
      {correctedAt && !removedAt ? (
        <p>{t('deliveries.correctedOn', { time: format.longDateTime(correctedAt) })}</p>
      ) : null}
      {correctedContent && !showsPost && !removedAt ? (
        <p dir="auto" className="delivery-now">
          {t('deliveries.saysNow', { words: correctedContent.parts.map((it) => it.text).join('\n\n') })}
        </p>
      ) : null}
      {afterwards.asked ? <p className="delivery-reason">{t(`deliveries.asked.${afterwards.asked}`)}</p> : null}
      {showsPost ? null : <Acts delivery={delivery} />}
    </>
  );
}

function Acts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const acts = useDeliveryActs();
  const mayCorrect = useMay('deliveries.correct') && delivery.afterwards.correct;
  const mayTakeDown = useMay('deliveries.takeDown') && delivery.afterwards.takeDown;
  const [open, setOpen] = useState<'correct' | 'take-down' | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(null);
    // What was open held the focus and is gone.
    place.current?.focus();
  };
  return (
    <div ref={place} tabIndex={-1} className="delivery-acts">
      {/* Stays when it is refused because it cannot be corrected any more: with the reason, and the words typed. */}
      {open === 'correct' ? <CorrectForm delivery={delivery} onClose={close} /> : null}
      {open === 'take-down' ? (
        <Question
          title={t('deliveries.takeDownTitle')}
          text={t('deliveries.takeDownText')}
          yes={t('deliveries.takeDownYes')}
          no={t('deliveries.takeDownNo')}
          onYes={() => acts.takeDown(delivery)}
          onClose={close}
        />
      ) : null}
      {open === null && (mayCorrect || mayTakeDown) ? (
        <div className="form-actions">
          {mayCorrect ? (
            <Button variant="default" onClick={() => setOpen('correct')}>
              {t('deliveries.correct')}
            </Button>
          ) : null}
          {mayTakeDown ? (
            <Button variant="default" onClick={() => setOpen('take-down')}>
              {t('deliveries.takeDown')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
