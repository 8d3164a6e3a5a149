import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type EvidenceAddress, writeEvidence } from '../../../lib/evidence.ts';
import { useOpenedEvidence } from '../../../lib/use-evidence.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { IconBack } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/notice.tsx';
import { SideSheet } from '../../../ui/side-sheet.tsx';
import { DayEvidence } from './day-evidence.tsx';
import { DeliveryEvidence } from './delivery-evidence.tsx';
import { GoalEvidence } from './goal-evidence.tsx';
import { ChannelLooks, DeliveryLooks } from './looks-evidence.tsx';
import { ObjectiveEvidence } from './objective-evidence.tsx';
import { PageEvidence } from './page-evidence.tsx';
import type { RenderState } from './render-state.ts';
import { StatusEvidence } from './status-evidence.tsx';
import '../analytics.css';
import './evidence.css';

/**
 * What a figure is made of, beside the screen on which it stands, and further down to the single look. Which figure it
 * is stands in the screen's own address, so that it can be linked and outlives a reload.
 */
export function EvidenceDrawer({ renderState }: { renderState: RenderState }) {
  const { t: web } = useTranslation();
  const { t } = useTranslation('evidence');
  const { trail, back, close } = useOpenedEvidence();
  const title = useEvidenceTitle();
  const top = useRef<HTMLDivElement>(null);
  const address = trail?.at(-1);
  const [first] = trail ?? [];
  const key = address ? `${trail?.length} ${writeEvidence(address)}` : '';
  const figure = first ? writeEvidence(first) : '';
  useEffect(() => {
    // A step further is another page: it is read from its beginning.
    if (key === '') return;
    top.current?.focus({ preventScroll: true });
    top.current?.closest('dialog')?.scrollTo(0, 0);
  }, [key]);
  useEffect(() => {
    if (figure === '') return;
    // Opened by a link there was no figure pressed to go back to; the one that it is about stands for it.
    return () => {
      const held = document.activeElement;
      if (held === null || held === document.body || held.matches('h1'))
        document.querySelector<HTMLElement>(`main [data-evidence="${figure}"]`)?.focus();
    };
  }, [figure]);
  return (
    <SideSheet
      isOpen={trail !== null}
      onClose={close}
      from="right"
      title={address ? title(address) : t('unknown.title')}
      closeLabel={web('app.close')}
    >
      <div className="evidence" key={key} ref={top} tabIndex={-1}>
        {trail !== null && trail.length > 1 ? (
          <Button variant="subtle" leftSection={<IconBack size={18} />} onClick={back}>
            {t('back')}
          </Button>
        ) : null}
        {address ? <Content address={address} renderState={renderState} /> : null}
        {trail?.length === 0 ? <Notice tone="warn">{t('unknown.text')}</Notice> : null}
      </div>
    </SideSheet>
  );
}

function Content({ address, renderState }: { address: EvidenceAddress; renderState: RenderState }) {
  switch (address.kind) {
    case 'goal':
      return <GoalEvidence goalId={address.goalId} on={address.on} />;
    case 'delivery':
      return address.metric === null ? (
        <DeliveryEvidence deliveryId={address.deliveryId} renderState={renderState} />
      ) : (
        <DeliveryLooks deliveryId={address.deliveryId} metric={address.metric} />
      );
    case 'channel':
      return <ChannelLooks channelId={address.channelId} metric={address.metric} />;
    case 'page':
      return <PageEvidence what={address.what} span={address.span} deliveryId={address.deliveryId} />;
    case 'day':
      return <DayEvidence on={address.on} count={address.count} renderState={renderState} />;
    case 'status':
      return <StatusEvidence address={address} renderState={renderState} />;
    case 'objective':
      return <ObjectiveEvidence objectiveId={address.objectiveId} />;
  }
}

/** What a step is called above it. */
function useEvidenceTitle(): (address: EvidenceAddress) => string {
  const { t: web } = useTranslation();
  const { t: status } = useTranslation('status');
  const { t } = useTranslation('evidence');
  const format = useFormat();
  return (address) => {
    switch (address.kind) {
      case 'goal':
        return address.on === null ? web('evidence.title') : t('title.goalOn', { day: format.date(address.on) });
      case 'delivery':
        return t(address.metric === null ? 'title.delivery' : 'title.looks');
      case 'channel':
        return t('title.looks');
      case 'day':
        return t('title.day', { day: format.date(address.on) });
      case 'status':
        return status('title');
      case 'page':
      case 'objective':
        return t(`title.${address.kind}`);
    }
  };
}
