import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EngagementItem, Figure } from '#contract/analytics.ts';
import { api } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Waiting } from '../../../ui/waiting.tsx';

/** What a person does by name, where the network names people. */
const named: ReadonlySet<string> = new Set(['likes', 'reposts', 'replies', 'quotes']);
/** The names are fetched after the numbers: looked up again every 4 s for a minute while they are still to come. */
const lookAgainMs = 4_000;
const looks = 15;

/** Each like, repost, reply and quote of a delivery with who did it. */
export function Acts({ deliveryId, figures }: { deliveryId: string; figures: Figure[] }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const hasActs = figures.some(({ metric, value }) => named.has(metric) && (value ?? 0) > 0);
  const acts = useInfiniteQuery(
    api.analytics.engagements.infiniteOptions({
      input: (cursor: string | undefined) => ({ workspaceId, deliveryId, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
      refetchInterval: (query) =>
        hasActs && query.state.dataUpdateCount < looks && query.state.data?.pages[0]?.items.length === 0
          ? lookAgainMs
          : false,
    }),
  );
  const items = acts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h3>{t('evidence.people')}</h3>
      {acts.isPending ? <Waiting label={t('app.loading')} /> : null}
      {acts.error ? <FailureNotice error={acts.error} onRetry={() => void acts.refetch()} /> : null}
      {acts.data && items.length === 0 ? (
        <p className="standing-quiet" role="status">
          {t(hasActs ? 'evidence.namesLater' : 'evidence.nobody')}
        </p>
      ) : null}
      <ul className="act-list">
        {items.map((act) => (
          <ActLine key={`${act.kind} ${act.actorAddress} ${act.at}`} act={act} />
        ))}
      </ul>
      <ShowMore of={acts} />
    </>
  );
}

function ActLine({ act }: { act: EngagementItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <p>
        <a href={act.actorAddress} target="_blank" rel="noreferrer" dir="auto">
          {act.actorName || act.actorHandle}
        </a>{' '}
        <span className="standing-quiet">{act.actorHandle}</span>
      </p>
      <p>
        {t(`acts.${act.kind}`)} ·{' '}
        <span className="standing-quiet">{act.at === null ? null : format.dateTime(act.at)}</span>
        {act.address ? (
          <>
            {' · '}
            <a href={act.address} target="_blank" rel="noreferrer">
              {t('acts.look')}
            </a>
          </>
        ) : null}
      </p>
      {act.text ? (
        <p className="act-text" dir="auto">
          {act.text}
        </p>
      ) : null}
    </li>
  );
}
