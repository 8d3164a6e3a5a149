import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '#contract/deliveries.ts';
import { findManifest, useNetworkName } from '../../../lib/networks.ts';
import { showAddress } from '../../../lib/show-address.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { IconExternal } from '../../../ui/icons.ts';
import { Question } from '../../../ui/question.tsx';
import { ReachNotice } from '../../../ui/reach-notice.tsx';
import { DeliveryWord, useDeliveryReason } from '../delivery-words.tsx';
import { isAddress } from '../draft/post-draft.ts';
import { Afterwards } from './afterwards.tsx';
import { chooseFaultLine } from './choose-fault-line.ts';
import { LookYourself } from './look-yourself.tsx';
import { useDeliveryActs } from './use-delivery-acts.ts';
import './deliveries.css';

interface DeliveryLineProps {
  delivery: Delivery;
  showsPost: boolean;
  /** False where the whole post is taken off instead. */
  canCancel?: boolean;
}

/** One delivery as the ledger has it: where, when, how it stands and why, and what can be decided. */
export function DeliveryLine({ delivery, showsPost, canCancel = true }: DeliveryLineProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const reasonOf = useDeliveryReason();
  const channel = useChannels()?.find((it) => it.id === delivery.channelId);
  const { state, publishedAt, dueAt, address, excerpt, parts, removedAt } = delivery;
  const fault = chooseFaultLine(delivery);
  const reason = reasonOf(delivery);
  const live = parts.filter((it) => it.state === 'published').length;
  return (
    <li className="delivery">
      <div className="delivery-when">
        <time dateTime={publishedAt ?? dueAt}>{format.time(publishedAt ?? dueAt)}</time>
        <DeliveryWord state={state} removed={removedAt !== null} />
      </div>
      <div className="delivery-words">
        {showsPost ? (
          <Link
            to="/w/$workspaceId/posts/$postId"
            params={{ workspaceId, postId: delivery.postId }}
            className="delivery-title"
            dir="auto"
          >
            {excerpt || t('compose.untitled')}
          </Link>
        ) : null}
        <p>
          {channel ? `${channel.name} · ` : ''}
          {networkName(delivery.network)}
        </p>
        {reason ? <p className="delivery-reason">{reason}</p> : null}
        {fault?.says === 'said' ? (
          <p className="delivery-said">{t('deliveries.said', { words: fault.words })}</p>
        ) : null}
        {fault?.says === 'waits' ? (
          <p className="delivery-reason">
            {t('connection.waitsUntil', {
              network: networkName(delivery.network),
              time: format.dateTime(fault.until),
            })}
          </p>
        ) : null}
        {parts.length > 1 && state !== 'published' && live > 0 ? (
          <p>
            <Figure of={{ kind: 'delivery', deliveryId: delivery.id, metric: null }} about={excerpt}>
              {t('deliveries.partsLive', { count: live, of: parts.length })}
            </Figure>
          </p>
        ) : null}
        {address && !removedAt ? (
          <>
            <a className="quiet-link" href={address} target="_blank" rel="noreferrer">
              {t('deliveries.see')}
              <IconExternal size={16} />
            </a>
            <p dir="ltr" className="delivery-address">
              {showAddress(address).replace(/^https?:\/\//, '')}
            </p>
            {findManifest(delivery.network)?.connect.kind === 'own' ? (
              <ReachNotice address={address} isShort={showsPost} />
            ) : null}
          </>
        ) : null}
        {state === 'published' ? (
          <p>
            <Figure of={{ kind: 'delivery', deliveryId: delivery.id, metric: null }} about={excerpt}>
              {t('deliveries.outcome')}
            </Figure>
          </p>
        ) : null}
        {needsConnecting(delivery) ? (
          <Link
            to="/w/$workspaceId/channels/$channelId"
            params={{ workspaceId, channelId: delivery.channelId }}
            className="quiet-link"
          >
            {t('connection.again')}
          </Link>
        ) : null}
        <Decisions delivery={delivery} canCancel={canCancel} />
        <Afterwards delivery={delivery} showsPost={showsPost} />
      </div>
    </li>
  );
}

/** Is a new connection what helps? */
const needsConnecting = ({ state, heldReason, fault }: Delivery): boolean =>
  (state === 'held' && (heldReason === 'connection-broken' || heldReason === 'permission-missing')) ||
  (state === 'failed' && fault?.kind === 'credential-rejected');

function Decisions({ delivery, canCancel }: { delivery: Delivery; canCancel: boolean }) {
  const { t } = useTranslation();
  const acts = useDeliveryActs();
  const mayDecide = useMay('deliveries.confirmLive');
  const mayRetry = useMay('deliveries.retry');
  const [address, setAddress] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const channel = useChannels()?.find((it) => it.id === delivery.channelId);
  const { state } = delivery;
  const run = (act: () => Promise<boolean>) => {
    setBusy(true);
    void act().finally(() => setBusy(false));
  };
  if (state === 'unconfirmed' && mayDecide) {
    const isUsable = address === '' || isAddress(address);
    return (
      <div className="delivery-decide">
        <LookYourself delivery={delivery} channel={channel} />
        <TextInput
          label={t('deliveries.address')}
          description={t('deliveries.addressHint')}
          type="url"
          placeholder="https://"
          error={isUsable ? undefined : t('compose.linkInvalid')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value.trim())}
        />
        <div className="form-actions">
          <Button
            disabled={isBusy || !isUsable}
            onClick={() => run(() => acts.confirmLive(delivery, address === '' ? null : address))}
          >
            {t('deliveries.itIsThere')}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={() => run(() => acts.sendAgain(delivery))}>
            {t('deliveries.sendAgain')}
          </Button>
        </div>
      </div>
    );
  }
  if (!mayRetry || !['scheduled', 'held', 'failed'].includes(state)) return null;
  return (
    <div className="form-actions">
      {state === 'scheduled' ? null : (
        <Button variant="default" disabled={isBusy} onClick={() => run(() => acts.retry(delivery))}>
          {state === 'failed' ? t('deliveries.retry') : t('deliveries.letGo')}
        </Button>
      )}
      {canCancel && !isAsked ? (
        <Button variant="default" disabled={isBusy} onClick={() => setAsked(true)}>
          {t('deliveries.cancel')}
        </Button>
      ) : null}
      {isAsked ? (
        <Question
          title={t('undo.cancelTitle')}
          text={t('undo.cancelText')}
          yes={t('undo.cancelYes')}
          no={t('keys.revokeNo')}
          onYes={() => acts.cancel(delivery)}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </div>
  );
}
