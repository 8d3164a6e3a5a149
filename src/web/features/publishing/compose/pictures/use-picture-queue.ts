import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Content } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { api } from '../../../../lib/api.ts';
import { makeKey } from '../../../../lib/idempotency.ts';
import { showToast } from '../../../../ui/toasts.tsx';
import type { DraftKeeper } from '../../draft/draft-keeper.ts';
import type { ShelfPlace } from '../../draft/draft-shelf.ts';
import {
  createPictureQueue,
  type PictureOnItsWay,
  type PicturePlace,
  type PictureQueue,
} from '../../draft/picture-queue.ts';
import { openPictureShelf } from '../../draft/picture-shelf.ts';
import type { PostDraft } from '../../draft/post-draft.ts';
import { giveUpUpload } from './send-in-parts.ts';
import { isPassing, judgeFile, sendPicture } from './send-picture.ts';

/** Most pictures in one part, by the contract. */
const mostInPart = 20;

export interface PicturesOnTheirWay {
  pictures: readonly PictureOnItsWay[];
  queue: PictureQueue;
  /** The one that arrived last, for ears. */
  word: string;
  /** Takes files for a part; says of those that it cannot take why. */
  take(place: PicturePlace, files: readonly File[]): void;
  /** The part that files hang over. */
  over: number | null;
}

const OnTheirWay = createContext<PicturesOnTheirWay | null>(null);
export const PicturesProvider = OnTheirWay.Provider;

/** The pictures that are on their way, inside a composer. */
export function usePicturesOnTheirWay(): PicturesOnTheirWay {
  const found = useContext(OnTheirWay);
  if (!found) throw new Error('There is no composer around these pictures.');
  return found;
}

/** Brings chosen pictures into a draft, whatever part of it is on the screen when they arrive. */
export function usePictureQueue(place: ShelfPlace, keeper: DraftKeeper): Omit<PicturesOnTheirWay, 'over'> {
  const { workspaceId } = place;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [word, setWord] = useState('');
  const [queue] = useState(() =>
    createPictureQueue({
      makeKey,
      shelf: openPictureShelf(place, () => keeper.get().postId),
      port: {
        send: (picture, options) => sendPicture(workspaceId, picture, options),
        giveUp: (uploadId) => giveUpUpload(workspaceId, uploadId),
        isPassing,
        judge: judgeFile,
      },
      onArrived: (place, medium) => {
        const { queryKey } = api.media.get.queryOptions({ input: { workspaceId, mediumId: medium.id } });
        queries.setQueryData(queryKey, medium);
        keeper.change(withPicture(keeper.get().draft, place, medium));
        setWord(t('pictures.arrived', { name: medium.name }));
      },
    }),
  );
  const pictures = useSyncExternalStore(queue.subscribe, queue.get);
  const { postId } = keeper.get();
  useEffect(() => {
    const retry = () => queue.retry();
    void queue.resume();
    window.addEventListener('online', retry);
    return () => {
      window.removeEventListener('online', retry);
      queue.stop();
    };
  }, [queue]);
  // A new post got its address: a reload will look for its pictures under that.
  useEffect(() => {
    if (postId !== null) queue.reshelve();
  }, [queue, postId]);

  const take = (place: PicturePlace, files: readonly File[]) => {
    const there = placeIn(keeper.get().draft, place).part.media.length;
    const coming = queue.get().filter((it) => it.place.words === place.words && it.place.part === place.part).length;
    const taken = files.slice(0, Math.max(0, mostInPart - there - coming));
    for (const { name } of files.slice(taken.length))
      showToast({ tone: 'bad', text: t('pictures.tooMany', { name, max: mostInPart }) });
    queue.add(place, taken);
  };
  return { pictures, queue, word, take };
}

/** Where a picture belongs now: a channel may have gone back to the base meanwhile, and a part may be gone. */
function placeIn({ content, variants }: PostDraft, { words, part }: PicturePlace) {
  const own = variants[words] ?? null;
  const said: Content = own ?? content;
  const position = Math.min(part, said.parts.length - 1);
  return { own, said, position, part: said.parts[position] ?? { text: '', media: [], link: null } };
}

function withPicture(draft: PostDraft, place: PicturePlace, medium: Medium): Partial<PostDraft> {
  const { own, said, position, part } = placeIn(draft, place);
  // Sent twice, in two windows or before and after a reload, it is one picture.
  if (part.media.some((it) => it.mediumId === medium.id)) return {};
  const media = [...part.media, { mediumId: medium.id, alt: medium.alt }];
  const content = { ...said, parts: said.parts.map((it, at) => (at === position ? { ...it, media } : it)) };
  return own === null ? { content } : { variants: { ...draft.variants, [place.words]: content } };
}
