import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoingOut } from '#contract/today.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { IconGoal } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/link-button.tsx';

interface GoingOutProps {
  goingOut: GoingOut[];
  more: number;
  /** Leads to an empty post when nothing goes out. */
  offersWriting: boolean;
  renderState: (delivery: GoingOut) => ReactNode;
}

/** What is and was due today, in order. */
export function GoingOutToday({ goingOut, more, offersWriting, renderState }: GoingOutProps) {
  const { t } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  return (
    <section className="sheet today-going" aria-labelledby="today-going">
      <h2 id="today-going">{t('goingOut.title')}</h2>
      {goingOut.length === 0 ? (
        <>
          <p className="today-soft">{t('goingOut.none')}</p>
          {mayWrite && offersWriting ? (
            <div>
              <LinkButton
                variant="default"
                to="/w/$workspaceId/posts/$postId"
                params={{ workspaceId, postId: 'new' }}
                search={{}}
              >
                {t('goingOut.write')}
              </LinkButton>
            </div>
          ) : null}
        </>
      ) : (
        <ol className="timeline">
          {groupByPost(goingOut).map((deliveries) => (
            <GoingOutLine key={deliveries[0].deliveryId} deliveries={deliveries} renderState={renderState} />
          ))}
        </ol>
      )}
      {more > 0 ? (
        <Link to="/w/$workspaceId/deliveries" params={{ workspaceId }} className="quiet-link">
          {t('goingOut.more', { count: more })}
        </Link>
      ) : null}
      <div>
        <Link to="/w/$workspaceId/status" params={{ workspaceId }} search={{}} className="quiet-link">
          {t('goingOut.status')}
        </Link>
      </div>
    </section>
  );
}

/** One post at one time, wherever it goes. */
type Together = [GoingOut, ...GoingOut[]];

const timeOf = ({ publishedAt, dueAt }: GoingOut): string => publishedAt ?? dueAt;

/** What is one post at the same minute stands in one line, in the order of the first of them. */
function groupByPost(goingOut: GoingOut[]): Together[] {
  const groups = new Map<string, Together>();
  for (const it of goingOut) {
    const minute = timeOf(it).slice(0, 16);
    const group = groups.get(`${it.postId} ${minute}`);
    if (group) group.push(it);
    else groups.set(`${it.postId} ${minute}`, [it]);
  }
  return [...groups.values()];
}

function GoingOutLine({
  deliveries,
  renderState,
}: {
  deliveries: Together;
  renderState: (delivery: GoingOut) => ReactNode;
}) {
  const { t: web } = useTranslation('first');
  const { t } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const format = useFormat();
  const [first] = deliveries;
  const { postId, excerpt, goal, goalId } = first;
  return (
    <li className="timeline-line">
      <time dateTime={timeOf(first)}>{format.time(timeOf(first))}</time>
      <div className="timeline-words">
        <Link
          to="/w/$workspaceId/posts/$postId"
          params={{ workspaceId, postId }}
          search={{}}
          className="timeline-post"
          dir="auto"
        >
          {excerpt || web('compose.untitled')}
        </Link>
        {deliveries.map((it) => (
          <p key={it.deliveryId} className="timeline-where">
            {renderState(it)}
            <span dir="auto">
              {it.channel === networkName(it.network) ? it.channel : `${it.channel} · ${networkName(it.network)}`}
            </span>
          </p>
        ))}
        {goal !== null && goalId !== null ? (
          <Link to="/w/$workspaceId/goals/$goalId" params={{ workspaceId, goalId }} className="timeline-goal">
            <IconGoal size={18} />
            <span className="unseen">{t('goingOut.serves')}</span>
            <span dir="auto">{goal}</span>
          </Link>
        ) : (
          <p className="today-soft">{t('goingOut.noGoal')}</p>
        )}
      </div>
    </li>
  );
}
