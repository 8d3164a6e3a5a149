import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '#contract/deliveries.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay } from '../../../lib/workspace.tsx';
import { DeliveryWord } from '../delivery-words.tsx';
import { CorrectForm } from './correct-form.tsx';
import { useDeliveryActs } from './use-delivery-acts.ts';

/** What became of a delivery after it went live; on its post's own screen, also what can still be done to it there. */
export function Afterwards({ delivery, showsPost }: { delivery: Delivery; showsPost: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { removedAt, correctedAt, correctedContent, afterwards, parts } = delivery;
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
      {open === 'correct' && mayCorrect ? <CorrectForm delivery={delivery} onClose={close} /> : null}
      {open === 'take-down' && mayTakeDown ? (
        <TakeDownQuestion onClose={close} onYes={() => acts.takeDown(delivery)} />
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

/** There is no way back from it, so it is asked, with what follows from it. */
function TakeDownQuestion({ onClose, onYes }: { onClose: () => void; onYes: () => Promise<boolean> }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const question = useRef<HTMLFieldSetElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <fieldset ref={question} tabIndex={-1} className="delivery-question">
      <legend>{t('deliveries.takeDownTitle')}</legend>
      <p>{t('deliveries.takeDownText')}</p>
      <div className="form-actions">
        <Button
          color="red"
          loading={isBusy}
          onClick={() => {
            setBusy(true);
            void onYes().finally(() => {
              setBusy(false);
              onClose();
            });
          }}
        >
          {t('deliveries.takeDownYes')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onClose}>
          {t('deliveries.takeDownNo')}
        </Button>
      </div>
    </fieldset>
  );
}
