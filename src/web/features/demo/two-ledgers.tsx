import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Delivery } from '#contract/deliveries.ts';
import type { PracticeStanding } from '#contract/demo.ts';
import { api } from '../../lib/api.ts';
import { useFormat } from '../../lib/use-format.ts';
import { wallClock } from '../../lib/wall-clock.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { IconExternal } from '../../ui/icons.ts';
import { Sheet } from '../../ui/sheet.tsx';
import '../../ui/lines.css';

/** Lines of each ledger that are shown. */
const SHOWN = 5;
/** Where what we know stands on the screen. */
export const oursId = 'practice-ours';

interface LedgersProps {
  channels: Channel[];
  standing: PracticeStanding;
  /** One line of our ledger, with its key. */
  showDelivery: (delivery: Delivery) => ReactNode;
}

/** The network's own ledger beside Goalpost's: what it accepted, and what we know of it. */
export function TwoLedgers({ channels, standing, showDelivery }: LedgersProps) {
  const { t } = useTranslation();
  return (
    <div className="two-ledgers">
      <div id={oursId}>
        <Sheet title={t('practice.ours')} lead={t('practice.oursLead')}>
          <Ours channels={channels} showDelivery={showDelivery} />
        </Sheet>
      </div>
      <Sheet title={t('practice.theirs')} lead={t('practice.theirsLead')}>
        <Theirs channels={channels} standing={standing} />
      </Sheet>
    </div>
  );
}

function Theirs({ channels, standing }: { channels: Channel[]; standing: PracticeStanding }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (standing.accepted.length === 0) return <p>{t('practice.nothing')}</p>;
  return (
    <ul className="lines">
      {standing.accepted.slice(0, SHOWN).map(({ at, act, channelId, text, address }) => (
        <li key={`${at} ${act} ${address}`} className="line">
          <div className="line-words">
            <strong>{t(`practice.act.${act}`)}</strong>
            <time dateTime={at}>{format.dateTime(at)}</time>
            <p dir="auto">{text}</p>
            <p>{channels.find((it) => it.id === channelId)?.name}</p>
            {act === 'delete' ? null : (
              <a className="quiet-link" href={address} target="_blank" rel="noreferrer">
                {t('practice.see')}
                <IconExternal size={16} />
              </a>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Ours({ channels, showDelivery }: Pick<LedgersProps, 'channels' | 'showDelivery'>) {
  const { t } = useTranslation();
  const { id: workspaceId, zone } = useWorkspace();
  const format = useFormat();
  const { data } = useQuery(
    api.deliveries.list.queryOptions({
      input: { workspaceId, show: 'all', limit: 100 },
    }),
  );
  const ids = new Set(channels.map((it) => it.id));
  const items = (data?.items ?? []).filter((it) => ids.has(it.channelId) && isDue(it));
  if (data && items.length === 0) return <p>{t('practice.nothing')}</p>;
  const days = Map.groupBy(items.slice(0, SHOWN), (it) => wallClock(it.publishedAt ?? it.dueAt, zone).slice(0, 10));
  return [...days].map(([day, ofDay]) => (
    <section key={day}>
      <h3>{format.fullDate(day)}</h3>
      <ul className="delivery-list">{ofDay.map(showDelivery)}</ul>
    </section>
  ));
}

const isDue = ({ state, dueAt }: Delivery): boolean => state !== 'scheduled' || Date.parse(dueAt) <= Date.now();
