import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from '../../../ui/form.tsx';
import { IconMove } from '../../../ui/icons.ts';
import { usePopup } from '../../../ui/use-popup.ts';
import '../../../ui/popup.css';
import { excerptOf } from '../excerpt-of.ts';
import { DayAndTime } from './day-and-time.tsx';
import type { Slot } from './lay-week.ts';
import { useMovePost } from './use-move-post.ts';

/** Moves a post by asking for day and time. */
export function MoveButton({ slot: { post, local } }: { slot: Slot }) {
  const { t } = useTranslation();
  const move = useMovePost();
  const [wanted, setWanted] = useState(local);
  const { isOpen, button, floating, close } = usePopup(() => setWanted(local));
  const label = t('calendar.move', { title: excerptOf(post) || t('compose.untitled') });
  return (
    <>
      <button type="button" className="icon-button" aria-label={label} aria-haspopup="dialog" {...button}>
        <IconMove size={18} />
      </button>
      <div className="popup popup-form" role="dialog" aria-label={label} {...floating}>
        {isOpen ? (
          <Form
            className="form"
            onSubmit={() => {
              close();
              void move(post, wanted);
            }}
          >
            <DayAndTime local={wanted} onChange={setWanted} />
            <div className="form-actions">
              <Button type="submit">{t('calendar.moveSubmit')}</Button>
              <Button variant="subtle" onClick={close}>
                {t('app.cancel')}
              </Button>
            </div>
          </Form>
        ) : null}
      </div>
    </>
  );
}
