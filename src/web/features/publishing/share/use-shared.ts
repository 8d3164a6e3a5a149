import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, client } from '../../../lib/api.ts';
import { readFailure } from '../../../lib/failure.ts';
import { useIsOffline } from '../../../lib/line.ts';
import { findShare, keepRest, type Share } from '../../../pwa/share-store.ts';
import type { DraftKeeper } from '../draft/draft-keeper.ts';
import type { ShelfPlace } from '../draft/draft-shelf.ts';
import { emptyPart, type PostDraft } from '../draft/post-draft.ts';
import { readShare } from './read-share.ts';

interface SharedPictures {
  /** How many pictures are being sent, or wait for a connection. */
  count: number;
  isSending: boolean;
  /** Why the server did not take one. */
  error: unknown;
}

const none: SharedPictures = { count: 0, isSending: false, error: null };
/** Shares that are being taken up in this tab. */
const inHand = new Set<string>();

/** Takes what was shared up into the draft: its words at once, its pictures as soon as there is a connection. */
export function useShared(of: {
  shareId: string | undefined;
  place: ShelfPlace;
  postId: string | null;
  keeper: DraftKeeper;
}): SharedPictures {
  const { shareId, place, postId, keeper } = of;
  const { workspaceId, entryId } = place;
  const queries = useQueryClient();
  const isOut = useIsOffline();
  const [pictures, setPictures] = useState(none);
  useEffect(() => {
    // Read anew when there is a connection again.
    void isOut;
    const isMeant = ({ id, draft }: Share) =>
      draft ? draft.entryId === entryId || (postId !== null && draft.postId === postId) : id === shareId;
    const addPicture = async (file: File) => {
      const medium = await client.media.upload({ workspaceId, file });
      const { queryKey } = api.media.get.queryOptions({ input: { workspaceId, mediumId: medium.id } });
      queries.setQueryData(queryKey, medium);
      keeper.change(
        changeFirst(keeper.get().draft, ({ media }) => [...media, { mediumId: medium.id, alt: medium.alt }]),
      );
    };
    const take = async () => {
      const share = await findShare(isMeant);
      if (!share || inHand.has(share.id)) return;
      inHand.add(share.id);
      try {
        if (!share.draft) keeper.change(addWords(keeper.get().draft, share));
        let rest: Share = { ...share, title: '', text: '', link: '', draft: { entryId, postId } };
        await keepRest(rest);
        for (const file of share.pictures) {
          setPictures({ count: rest.pictures.length, isSending: true, error: null });
          await addPicture(file);
          rest = { ...rest, pictures: rest.pictures.slice(1), draft: { entryId, postId: keeper.get().postId } };
          await keepRest(rest);
        }
        setPictures(none);
      } catch (error) {
        const isLater = readFailure(error).kind === 'unreachable';
        setPictures((it) => ({ ...it, isSending: false, error: isLater ? null : error }));
      } finally {
        inHand.delete(share.id);
      }
    };
    void take();
  }, [shareId, workspaceId, entryId, postId, keeper, queries, isOut]);
  return pictures;
}

function addWords(draft: PostDraft, share: Share): Partial<PostDraft> {
  const { text, link } = readShare(share);
  const [part = emptyPart, ...others] = draft.content.parts;
  const said = [part.text, text].filter(Boolean).join('\n\n');
  return { content: { ...draft.content, parts: [{ ...part, text: said, link: part.link ?? link }, ...others] } };
}

function changeFirst(
  draft: PostDraft,
  change: (part: typeof emptyPart) => (typeof emptyPart)['media'],
): Partial<PostDraft> {
  const [part = emptyPart, ...others] = draft.content.parts;
  return { content: { ...draft.content, parts: [{ ...part, media: change(part) }, ...others] } };
}
