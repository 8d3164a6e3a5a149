import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Post } from '#contract/posts.ts';
import { useMay } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { PostWord } from '../delivery-words.tsx';
import { type PostDraft, wordsFor } from '../draft/post-draft.ts';
import { useDraftKeeper } from '../draft/use-draft-keeper.ts';
import type { HeldPlace } from '../draft/use-shelf-place.ts';
import { SharedPictures } from '../share/shared-pictures.tsx';
import { useShared } from '../share/use-shared.ts';
import { ChannelChoice } from './channel-choice.tsx';
import { checkDraft } from './check-draft.ts';
import { useComposeShortcuts } from './compose-shortcuts.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { focusPlace, type ProblemPlace, placeOf } from './jump-to-problem.ts';
import { useFiles } from './pictures/use-files.ts';
import { PicturesProvider, usePictureQueue } from './pictures/use-picture-queue.ts';
import { Previews } from './previews.tsx';
import { ReleaseSheet } from './release-sheet.tsx';
import { SaidOn } from './said-on.tsx';
import { SaveWord } from './save-word.tsx';
import { ServesLine } from './serves-field.tsx';
import { Standing } from './standing.tsx';
import { useMedia } from './use-media.ts';
import { WhyFields } from './why-fields.tsx';
import './composer.css';

interface ComposerProps {
  /** The stored post as it was when the screen opened, or null for a new one. */
  opened: Post | null;
  /** The stored post as it is now, for its state and deliveries. */
  current: Post | null;
  begin: PostDraft;
  held: HeldPlace;
  shareId: string | undefined;
  channels: Channel[];
  /** One comes from the interview: only this step is left. */
  isLastStep: boolean;
  /** What one chose to write about. */
  idea: string | null;
  /** The post got its first row and with it an address. */
  onStored: (postId: string) => void;
  onKept: (draftId: string) => void;
  onRemoved: () => void;
}

/** Previews stand beside the words, beneath them, or across the screen, by the number of channels. */
const layouts = ['one', 'one', 'many', 'wide'];

/** States in which the words may still change. */
const open: readonly Post['state'][] = ['draft', 'scheduled', 'held', 'failed', 'cancelled'];

/** Writing a post: where it goes, what it says, why, and when; with what the networks think of it. */
export function Composer(props: ComposerProps) {
  const { opened, current, begin, held, shareId, channels, isLastStep, idea, onStored, onKept, onRemoved } = props;
  const { t } = useTranslation();
  const mayWrite = useMay('posts.update');
  const { keeper, state } = useDraftKeeper({ ...held, post: opened, begin });
  const shared = useShared({ shareId, place: held.place, postId: state.postId, keeper });
  const [adopted, setAdopted] = useState<Post | null>(null);
  const [isSent, setSent] = useState(false);
  const [shown, setShown] = useState('base');
  const [jump, setJump] = useState<ProblemPlace | null>(null);
  const previews = useRef<HTMLDivElement>(null);
  // After the words in question have been drawn.
  useEffect(() => {
    if (jump) focusPlace(jump);
  }, [jump]);
  const standing = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: what became of the press stands at the top.
  useEffect(() => {
    if (isSent) standing.current?.focus();
  }, [isSent]);
  const { draft, postId } = state;
  const onTheirWay = usePictureQueue(held.place, keeper);
  useEffect(() => {
    if (postId !== null && opened === null) onStored(postId);
  }, [postId, opened, onStored]);
  const { entryId } = held.place;
  const isKeptHere = postId === null && state.status !== 'saved';
  useEffect(() => {
    if (isKeptHere) onKept(entryId);
  }, [isKeptHere, entryId, onKept]);

  const post = newest(current, adopted);
  const postState = post?.state ?? 'draft';
  const isLocked = !mayWrite || !open.includes(postState);
  const isByHand = postState !== 'draft';
  const going = channels.filter((it) => it.id in draft.variants);
  const media = useMedia([draft.content, ...going.map((it) => wordsFor(draft, it.id))]);
  const problems = isLocked ? [] : checkDraft(draft, going, media);
  const change = (part: Partial<PostDraft>) => keeper.change(part);
  const adopt = (next: Post) => {
    keeper.adopt(next);
    setAdopted(next);
  };
  const shownWords = going.some((it) => it.id === shown) ? shown : 'base';
  const over = useFiles(!isLocked, (part, files) => onTheirWay.take({ words: shownWords, part }, files));
  const toggle = (channelId: string, on: boolean) => {
    const { [channelId]: own, ...others } = draft.variants;
    change({ variants: on ? { ...others, [channelId]: own ?? null } : others });
  };

  useComposeShortcuts({
    ...(isLocked ? {} : { save: () => void keeper.flush() }),
    previews: () => {
      previews.current?.scrollIntoView({ block: 'nearest' });
      previews.current?.focus();
    },
  });

  return (
    <PicturesProvider value={{ ...onTheirWay, over }}>
      <Page
        title={t(opened || isByHand ? 'compose.open' : 'compose.new')}
        lead={post && isByHand ? <PostWord post={post} /> : undefined}
        width="wide"
        actions={isLocked ? null : <SaveWord state={state} isByHand={isByHand} onSave={() => void keeper.flush()} />}
      >
        <ConflictNotice
          conflicts={state.conflicts}
          nameOf={(id) => channels.find((it) => it.id === id)?.name ?? ''}
          onSettle={keeper.settle}
        />
        {isLastStep && post && !isByHand ? (
          <Notice tone="good" title={t('compose.begun')}>
            {t('compose.lastStep')}
          </Notice>
        ) : null}
        {idea !== null && !isByHand ? (
          <Notice tone="quiet" title={t('compose.idea')}>
            <span dir="auto">{idea}</span>
          </Notice>
        ) : null}
        {state.status === 'refused' ? <FailureNotice error={state.error} /> : null}
        <SharedPictures {...shared} />
        {post && isByHand ? (
          <div ref={standing} tabIndex={-1}>
            <Standing post={post} isLeaving={isSent} onDraftAgain={adopt} />
          </div>
        ) : null}
        <div className={`composer composer-${layouts[Math.min(going.length, 3)]}`}>
          <div className="composer-main">
            <Sheet>
              <ChannelChoice
                channels={channels}
                chosen={Object.keys(draft.variants)}
                isLocked={isLocked}
                onToggle={toggle}
              />
              <SaidOn
                draft={draft}
                channels={going}
                problems={problems}
                media={media}
                isLocked={isLocked}
                change={change}
                shown={shown}
                onShow={setShown}
              />
            </Sheet>
          </div>
          <Sheet className="composer-why" title={t('compose.why')}>
            <WhyFields draft={draft} isLocked={isLocked} change={change} />
          </Sheet>
          <div className="composer-previews" ref={previews} tabIndex={-1}>
            <Sheet title={t('compose.preview')}>
              <Suspense fallback={<Waiting label={t('app.loading')} />}>
                <Previews draft={draft} channels={going} media={media} isLocked={isLocked} change={change} />
              </Suspense>
            </Sheet>
          </div>
          <div className="composer-side">
            <ServesLine serves={draft.serves} />
            {isLocked ? null : (
              <ReleaseSheet
                keeper={keeper}
                state={state}
                postState={postState}
                problems={problems}
                channels={going}
                onMend={(problem) => {
                  const place = placeOf(problem, Boolean(draft.variants[problem.channelId]));
                  setShown(place.tab);
                  setJump(place);
                }}
                onPost={adopt}
                onSent={() => setSent(true)}
                onRemoved={() => {
                  onTheirWay.queue.clear();
                  onRemoved();
                }}
              />
            )}
          </div>
        </div>
        <p className="unseen" role="status">
          {onTheirWay.word}
        </p>
      </Page>
    </PicturesProvider>
  );
}

/** Of two answers about the same post the later one. */
function newest(one: Post | null, other: Post | null): Post | null {
  if (!one || !other) return one ?? other;
  return one.updatedAt >= other.updatedAt && one.revision >= other.revision ? one : other;
}
