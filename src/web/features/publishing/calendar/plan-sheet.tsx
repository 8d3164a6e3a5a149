import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { Form } from '../../../ui/form.tsx';
import { SideSheet } from '../../../ui/side-sheet.tsx';
import { usePostActs } from '../compose/use-post-acts.ts';
import { excerptOf } from '../excerpt-of.ts';
import { DayAndTime } from './day-and-time.tsx';
import type { Slot } from './lay-week.ts';
import { useMovePost } from './use-move-post.ts';

/** Asks when a draft shall go out: on the calendar, or only meant for then. */
export function PlanSheet({ asked, onClose }: { asked: Slot | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideSheet
      isOpen={asked !== null}
      onClose={onClose}
      title={t('planning.title')}
      closeLabel={t('app.close')}
      from="right"
    >
      {asked ? <PlanForm key={`${asked.post.id} ${asked.local}`} asked={asked} onClose={onClose} /> : null}
    </SideSheet>
  );
}

function PlanForm({ asked: { post, local }, onClose }: { asked: Slot; onClose: () => void }) {
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const acts = usePostActs();
  const move = useMovePost();
  const maySchedule = useMay('posts.schedule');
  const [wanted, setWanted] = useState(local);
  const [isBusy, setBusy] = useState(false);
  const [date = '', time = ''] = wanted.split('T');
  const run = async (work: () => Promise<boolean>) => {
    setBusy(true);
    if (await work()) onClose();
    else setBusy(false);
  };
  return (
    <Form className="form" onSubmit={() => void run(() => acts.schedule(post, wanted))}>
      <p className="plan-words" dir="auto">
        {excerptOf(post) || t('compose.untitled')}
      </p>
      <DayAndTime local={wanted} zone={zone} onChange={setWanted} />
      <div className="form-actions">
        {maySchedule ? (
          <Button type="submit" loading={isBusy}>
            {t('compose.schedule')}
          </Button>
        ) : null}
        <Button
          variant="default"
          disabled={isBusy || date === '' || time === ''}
          onClick={() => void run(() => move(post, wanted))}
        >
          {t('planning.keepDraft')}
        </Button>
      </div>
    </Form>
  );
}
