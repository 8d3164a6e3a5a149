import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Delivery } from '#contract/deliveries.ts';
import type { PracticeStanding } from '#contract/demo.ts';
import { api, client } from '../../lib/api.ts';
import { isRefused } from '../../lib/failure.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Word } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { EmptyState, Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';
import { MisbehaviourList } from './misbehaviour-list.tsx';
import { oursId, TwoLedgers } from './two-ledgers.tsx';
import './demo.css';

interface PracticeScreenProps {
  /** Shown where there is no practice network of a demo. */
  whenNowhere: ReactNode;
  /** One line of Goalpost's ledger, with its key. */
  showDelivery: (delivery: Delivery) => ReactNode;
}

/** The practice network of a demo: make it go wrong, post something, and compare its ledger with Goalpost's. */
export function PracticeScreen({ whenNowhere, showDelivery }: PracticeScreenProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const standing = useQuery(api.practice.get.queryOptions({ input: { workspaceId } }));
  const channels = useChannels()?.filter((it) => it.network === 'practice');
  const [chosen, setChosen] = useState<string | null>(null);
  if (isRefused(standing.error, 'not-found')) return whenNowhere;
  const channel = channels?.find((it) => it.id === chosen) ?? channels?.[0];
  return (
    <Page
      title={t('practice.title')}
      lead={t('practice.lead')}
      actions={channel && standing.data ? <Actions channel={channel} /> : null}
    >
      {standing.isPending || !channels ? <Waiting label={t('app.loading')} /> : null}
      {standing.error ? <FailureNotice error={standing.error} onRetry={() => void standing.refetch()} /> : null}
      {channels && !channel ? (
        <EmptyState title={t('practice.title')}>
          <p>{t('practice.none')}</p>
        </EmptyState>
      ) : null}
      {channel && channels && standing.data ? (
        <div className="practice-frame">
          <Sheet title={t('practice.ways')}>
            <Segmented
              label={t('practice.channel')}
              value={channel.id}
              options={channels.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosen}
            />
            <Manners channel={channel} standing={standing.data} />
            <MisbehaviourList channelId={channel.id} />
          </Sheet>
          <TwoLedgers channels={channels} standing={standing.data} showDelivery={showDelivery} />
        </div>
      ) : null}
    </Page>
  );
}

/** How the network treats a channel now. */
function Manners({ channel, standing }: { channel: Channel; standing: PracticeStanding }) {
  const { t } = useTranslation();
  const orders = standing.orders.filter((it) => it.channelId === channel.id || it.channelId === null);
  const isLost = channel.connection.state !== 'connected';
  return (
    <div role="status" className="practice-manners">
      {orders.map(({ misbehaviour, said }) => (
        <p key={said}>
          <Word tone="warn">{t('practice.told')}</Word>{' '}
          <span>{misbehaviour ? t(`practice.way.${misbehaviour}.name`) : said}</span>
        </p>
      ))}
      {isLost ? <Word tone="bad">{t('practice.lost')}</Word> : null}
      {orders.length === 0 && !isLost ? <Word tone="good">{t('practice.well')}</Word> : null}
    </div>
  );
}

function Actions({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const queries = useQueryClient();
  const mayPost = useMay('posts.publishNow');
  const mayBehave = useMay('practice.behave');
  const posting = useMutation({
    mutationFn: async () => {
      const text = t('practice.text', { time: format.time(new Date().toISOString()) });
      const content = { parts: [{ text, media: [], link: null }] };
      const variants = [{ channelId: channel.id }];
      const draft = await client.posts.create({ workspaceId, content, variants, serves: { kind: 'none' } });
      await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    },
    onSuccess: () => document.getElementById(oursId)?.scrollIntoView({ block: 'nearest' }),
    onSettled: () => queries.invalidateQueries(),
  });
  const behaving = useMutation(
    api.practice.behave.mutationOptions({
      onSuccess: () => showToast({ text: t('practice.behaves') }),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const error = posting.error ?? behaving.error;
  return (
    <>
      {mayPost ? (
        <Button loading={posting.isPending} onClick={() => posting.mutate()}>
          {t('practice.post')}
        </Button>
      ) : null}
      {mayBehave ? (
        <Button variant="default" loading={behaving.isPending} onClick={() => behaving.mutate({ workspaceId })}>
          {t('practice.behave')}
        </Button>
      ) : null}
      {error ? <FailureNotice error={error} /> : null}
    </>
  );
}
