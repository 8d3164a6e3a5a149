import { Button } from '@mantine/core';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Post } from '#contract/posts.ts';
import { reachOf } from '#contract/reach.ts';
import { isOffline } from '../../../lib/line.ts';
import { addDays, todayIn } from '../../../lib/local-day.ts';
import { useNetworkName } from '../../../lib/networks.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { meanTime } from '../../../lib/wall-clock.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { IconClock, IconSend, IconTrash } from '../../../ui/icons.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { DraftKeeper, KeeperState } from '../draft/draft-keeper.ts';
import type { PictureOnItsWay } from '../draft/picture-queue.ts';
import { EndsBefore } from '../ending-lines.tsx';
import { QuotaLines } from '../quota-lines.tsx';
import type { ChannelProblem } from './check-draft.ts';
import { useComposeShortcuts } from './compose-shortcuts.ts';
import { usePicturesOnTheirWay } from './pictures/use-picture-queue.ts';
import { ReleaseBar, WhatCame } from './release-bar.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { usePostActs } from './use-post-acts.ts';
import { useProblemWords } from './use-problem-words.ts';
import { WhenFields } from './when-fields.tsx';

interface ReleaseSheetProps {
  keeper: DraftKeeper;
  state: KeeperState;
  postState: Post['state'];
  problems: ChannelProblem[];
  channels: Channel[];
  /** Leads to where a problem can be mended. */
  onMend: (problem: ChannelProblem) => void;
  onPost: (post: Post) => void;
  /** It goes out at once: this sheet has no more to say. */
  onSent: () => void;
  onRemoved: () => void;
}

/** The two ways out: now, or at a time. What stands in the way is said when one tries. */
export function ReleaseSheet(props: ReleaseSheetProps) {
  const { keeper, state, postState, problems, channels, onMend, onPost, onSent, onRemoved } = props;
  const { t } = useTranslation();
  const { zone } = useWorkspace();
  const acts = usePostActs();
  const format = useFormat();
  const [busyWith, setBusyWith] = useState<'now' | 'later' | null>(null);
  const [tries, setTries] = useState(0);
  const when = useRef<HTMLDivElement>(null);
  const [isUnsure, setUnsure] = useState(false);
  const [scheduledAt, setScheduledAt] = useState<string | null>(null);
  const local = state.draft.plannedFor?.local ?? `${addDays(todayIn(zone), 1)}T10:00`;
  const { pictures } = usePicturesOnTheirWay();
  const blockers = [...useBlockers(problems, channels), ...picturesInTheWay(pictures).map((key) => t(key))];
  const at = meanTime(local, zone)?.at;
  const isPlanned = state.draft.plannedFor !== null || postState !== 'draft';
  const firstProblem = problems.find((it) => it.severity === 'error');

  // Also heard of when it is taken off the calendar again by the way back.
  const adopt = (post: Post) => {
    onPost(post);
    setScheduledAt(post.state === 'scheduled' ? (post.plannedFor?.at ?? null) : null);
  };
  const release = async (isNow: boolean) => {
    setTries((it) => it + 1);
    setUnsure(false);
    setScheduledAt(null);
    if (firstProblem) onMend(firstProblem);
    if (blockers.length > 0) return;
    setBusyWith(isNow ? 'now' : 'later');
    // Saved first: what goes out is what the server has.
    if (!(await keeper.flush())) {
      // What nobody answered for is not promised.
      setUnsure(isOffline());
    } else {
      const { postId, revision } = keeper.get();
      if (postId !== null && revision !== null) {
        const post = { id: postId, revision };
        if (!isNow) setUnsure(!(await acts.schedule(post, local, adopt)) && isOffline());
        else if (await acts.publishNow(post, onPost)) onSent();
        else setUnsure(isOffline());
      }
    }
    setBusyWith(null);
  };
  useComposeShortcuts({ release: () => void (busyWith !== null || release(false)) });
  const remove = async () => {
    // Saved first, so that nothing is sent after it, and the way back brings the last words too.
    await keeper.flush();
    const { postId } = keeper.get();
    if (postId !== null && (await acts.remove(postId))) onRemoved();
  };
  return (
    <Sheet>
      <ReleaseBar isMain={!isPlanned} when={when}>
        <Button
          variant={isPlanned ? 'default' : 'filled'}
          loading={busyWith === 'now'}
          disabled={busyWith === 'later'}
          leftSection={<IconSend size={18} />}
          onClick={() => void release(true)}
        >
          {t('compose.publishNow')}
        </Button>
      </ReleaseBar>
      <p className="form-hint">
        <b className="release-named">{t('compose.publishNow')}</b>
        {t('compose.nowHint')}
      </p>
      <div ref={when}>
        <WhenFields
          local={local}
          isLocked={false}
          onChange={(next) => {
            if (meanTime(next, zone)) keeper.change({ plannedFor: { local: next, zone } });
          }}
        />
        <EndsBefore channels={channels} local={local} />
        <QuotaLines from={dayOf(local)} to={dayOf(local)} channelIds={channels.map(({ id }) => id)} />
      </div>
      {tries > 0 && blockers.length > 0 ? (
        // Where something can be mended, one is led there instead.
        <WhatCame turn={firstProblem ? 0 : tries}>
          <Notice tone="warn" title={t('compose.notReady')} urgent>
            <ul className="blockers">
              {blockers.map((it) => (
                <li key={it}>{it}</li>
              ))}
            </ul>
            {firstProblem ? (
              <Button variant="default" onClick={() => onMend(firstProblem)}>
                {t('composing.mendFirst')}
              </Button>
            ) : null}
          </Notice>
        </WhatCame>
      ) : null}
      {isUnsure ? (
        <Suspense fallback={null}>
          <WhatCame turn={tries}>
            <NotPromised />
          </WhatCame>
        </Suspense>
      ) : null}
      <div className="form-actions">
        <ReleaseBar isMain={isPlanned} when={when}>
          <Button
            variant={isPlanned ? 'filled' : 'default'}
            loading={busyWith === 'later'}
            disabled={busyWith === 'now'}
            leftSection={<IconClock size={18} />}
            onClick={() => void release(false)}
          >
            {at ? t('compose.scheduleFor', { time: format.dateTime(at) }) : t('compose.schedule')}
          </Button>
        </ReleaseBar>
        {postState === 'draft' && state.postId !== null ? (
          <Button variant="subtle" leftSection={<IconTrash size={18} />} onClick={() => void remove()}>
            {t('compose.remove')}
          </Button>
        ) : null}
      </div>
      <ShortcutList />
      {scheduledAt && postState === 'scheduled' ? <OnCalendar at={scheduledAt} /> : null}
    </Sheet>
  );
}

const dayOf = (local: string): string => local.slice(0, 10);

/** Nothing is scheduled on the word of a device alone: whether it goes out is for the server to promise. */
function NotPromised() {
  const { t: say } = useTranslation('pwa');
  return (
    <Notice tone="warn" title={say('schedule.title')} urgent>
      {say('schedule.text')}
    </Notice>
  );
}

/** Said where the press was, and brought into view. */
function OnCalendar({ at }: { at: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const isOfThisComputer = reachOf(window.location.origin) === 'computer';
  return (
    <div ref={place} tabIndex={-1}>
      <Notice tone="good">
        {t('compose.onCalendar', { time: format.longDateTime(at) })}
        {isOfThisComputer ? ` ${t('compose.mustRun')}` : ''}
      </Notice>
    </div>
  );
}

/** Nothing goes out without a picture that was chosen for it. */
function picturesInTheWay(pictures: readonly PictureOnItsWay[]) {
  const isRefused = pictures.some((it) => it.status === 'refused');
  const isComing = pictures.some((it) => it.status !== 'refused');
  return [
    ...(isComing ? (['pictures.stillComing'] as const) : []),
    ...(isRefused ? (['pictures.notTaken'] as const) : []),
  ];
}

/** What keeps the post from going out, in words. */
function useBlockers(problems: ChannelProblem[], channels: Channel[]): string[] {
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const say = useProblemWords();
  const disconnected = channels.filter((it) => it.connection.state !== 'connected');
  const found = problems
    .filter((it) => it.severity === 'error')
    .map((it) => {
      const channel = channels.find((one) => one.id === it.channelId);
      return channel ? `${networkName(channel.network)}: ${say(it)}` : say(it);
    });
  return [
    ...(channels.length === 0 ? [t('compose.needsChannel')] : []),
    ...disconnected.map((it) => t('compose.needsConnection', { name: it.name })),
    ...new Set(found),
  ];
}
