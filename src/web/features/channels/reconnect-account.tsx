import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReconnectOffer } from '#contract/reconnect-links.ts';
import { client } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { findManifest, useNetworkName } from '../../lib/networks.ts';
import { useOwnFormat } from '../../lib/use-format.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { NetworkFields } from './network-fields.tsx';

interface ReconnectAccountProps {
  token: string;
  /** The page before any workspace. */
  renderDoor: (page: { title: string; lead?: string; children: ReactNode }) => ReactNode;
}

/** Signing in to a network again by a link, for the owner of the account: no seat, no account with us. */
export function ReconnectAccount({ token, renderDoor }: ReconnectAccountProps) {
  const { t } = useTranslation();
  const isWhole = /^[\w-]{20,100}$/.test(token);
  const offer = useQuery({
    queryKey: ['reconnect', token],
    queryFn: () => client.reconnectLinks.look({ token }),
    enabled: isWhole,
    // What was begun is not taken away because somebody looked elsewhere for the password.
    refetchOnWindowFocus: false,
  });
  if (!isWhole || isRefused(offer.error, 'not-found')) {
    return renderDoor({ title: t('reconnect.unknownTitle'), lead: t('reconnect.unknown'), children: null });
  }
  if (isRefused(offer.error, 'link-spent')) {
    return renderDoor({ title: t('reconnect.spentTitle'), lead: t('reconnect.spent'), children: null });
  }
  if (offer.error) {
    return renderDoor({
      title: t('reconnect.pageTitle'),
      children: <FailureNotice error={offer.error} onRetry={() => void offer.refetch()} />,
    });
  }
  if (!offer.data) return <Waiting label={t('app.loading')} />;
  return <Offer token={token} offer={offer.data} renderDoor={renderDoor} />;
}

function Offer({ token, offer, renderDoor }: ReconnectAccountProps & { offer: ReconnectOffer }) {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const network = networkName(offer.network);
  const { workspaceName: workspace, handle } = offer;
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return renderDoor({
      title: t('reconnect.doneTitle', { account: handle, network }),
      children: <Notice tone="good">{t('reconnect.done', { workspace })}</Notice>,
    });
  }
  return renderDoor({
    title: t('reconnect.asks', { workspace, account: handle, network }),
    lead: t('reconnect.asksLead', { maker: offer.madeByName, workspace, network }),
    children: <ReconnectForm token={token} offer={offer} onDone={() => setDone(true)} />,
  });
}

function ReconnectForm({ token, offer, onDone }: { token: string; offer: ReconnectOffer; onDone: () => void }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation(`network-${offer.network}`);
  const networkName = useNetworkName();
  const format = useOwnFormat();
  const connect = findManifest(offer.network)?.connect;
  const fields = (connect?.kind === 'form' ? connect.fields : []).filter(
    ({ known }) => known !== 'server' || offer.server === null,
  );
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(fields.map((it) => [it.name, it.known === 'handle' ? offer.handle : (it.initial ?? '')])),
  );
  const using = useMutation({
    mutationFn: () => client.reconnectLinks.use({ token, values }),
    onSuccess: onDone,
  });
  return (
    <Form className="form" onSubmit={() => using.mutate()}>
      {offer.works ? <Notice tone="quiet">{t('reconnect.works')}</Notice> : null}
      <p className="form-hint">{say('connect.intro')}</p>
      {offer.server ? <p className="form-hint">{t('reconnect.at', { server: offer.server })}</p> : null}
      <NetworkFields
        networkId={offer.network}
        fields={fields}
        values={values}
        error={using.error}
        onChange={setValues}
      />
      {using.error ? <FailureNotice error={using.error} /> : null}
      <div>
        <Button type="submit" loading={using.isPending}>
          {t('channels.connect', { network: networkName(offer.network) })}
        </Button>
      </div>
      <p className="form-hint">{t('reconnect.until', { time: format.dateTime(offer.expiresAt) })}</p>
    </Form>
  );
}
