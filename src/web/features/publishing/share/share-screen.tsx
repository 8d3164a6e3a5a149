import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#contract/people.ts';
import { may } from '#contract/policy.ts';
import { dropShares, findShare, type Share } from '../../../pwa/share-store.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Waiting } from '../../../ui/waiting.tsx';
import { readShare } from './read-share.ts';
import './share.css';

interface ShareScreenProps {
  person: Me;
  /** Which share; the latest one when the address does not say. */
  shareId: string | undefined;
  onChosen: (workspaceId: string, shareId: string) => void;
  onDiscarded: () => void;
}

/**
 * What another app handed over, to look at before it becomes a draft: any site can hand something over, so a press of
 * the person stands before anything is written.
 */
export function ShareScreen({ person, shareId, onChosen, onDiscarded }: ShareScreenProps) {
  const { t } = useTranslation('pwa');
  const { t: tell } = useTranslation();
  const { data: share, isPending } = useQuery({
    queryKey: ['share', shareId ?? ''],
    queryFn: () => findShare((it) => it.draft === null && (shareId === undefined || it.id === shareId)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (isPending) return <Waiting label={tell('app.loading')} />;
  const places = person.workspaces.filter(({ role }) => may(role, 'posts.create'));
  if (!share) {
    return (
      <main>
        <Page title={t('share.title')} width="reading">
          <Notice tone="quiet">{t('share.gone')}</Notice>
        </Page>
      </main>
    );
  }
  return (
    <main>
      <Page title={t('share.title')} lead={t('share.lead')} width="reading">
        <Sheet>
          <Shared share={share} />
        </Sheet>
        {places.length === 0 ? <Notice tone="warn">{t('share.noWorkspace')}</Notice> : null}
        <div className="form-actions share-places">
          {places.map(({ id, name }) => (
            <Button key={id} onClick={() => onChosen(id, share.id)}>
              {places.length === 1 ? t('share.one') : t('share.into', { workspace: name })}
            </Button>
          ))}
          <Button variant="default" onClick={() => void dropShares(share.id).then(onDiscarded)}>
            {t('share.discard')}
          </Button>
        </div>
      </Page>
    </main>
  );
}

function Shared({ share }: { share: Share }) {
  const { t } = useTranslation('pwa');
  const { text, link } = readShare(share);
  const count = share.pictures.length;
  return (
    <div className="share">
      {text ? (
        <p dir="auto" className="share-words">
          {text}
        </p>
      ) : null}
      {link ? <p className="share-words">{link}</p> : null}
      {count > 0 ? (
        <figure>
          <figcaption>{t('share.pictures', { count })}</figcaption>
          <div className="share-pictures">
            {share.pictures.map((file, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they neither move nor have names of their own
              <SharedPicture key={position} file={file} />
            ))}
          </div>
        </figure>
      ) : null}
    </div>
  );
}

function SharedPicture({ file }: { file: File }) {
  const address = useMemo(() => URL.createObjectURL(file), [file]);
  const [isGone, setGone] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return isGone ? null : <img src={address} alt="" onError={() => setGone(true)} />;
}
