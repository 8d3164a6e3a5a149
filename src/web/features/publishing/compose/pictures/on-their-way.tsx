import { ActionIcon } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFailure } from '../../../../lib/failure.ts';
import { useFormat } from '../../../../lib/use-format.ts';
import { IconRefresh, IconTrash } from '../../../../ui/icons.ts';
import type { PictureOnItsWay, PicturePlace } from '../../draft/picture-queue.ts';
import { TooLarge } from './send-picture.ts';
import { usePicturesOnTheirWay } from './use-picture-queue.ts';

/** The pictures of a part that are not in it yet: how far each is, or why it does not come and what to do. */
export function OnTheirWay({ place }: { place: PicturePlace }) {
  const { t } = useTranslation();
  const { pictures } = usePicturesOnTheirWay();
  const coming = pictures.filter((it) => it.place.words === place.words && it.place.part === place.part);
  if (coming.length === 0) return null;
  return (
    <ul className="picture-list" aria-label={t('pictures.onTheirWay')}>
      {coming.map((it) => (
        <Coming key={it.id} picture={it} />
      ))}
    </ul>
  );
}

function Coming({ picture }: { picture: PictureOnItsWay }) {
  const { t } = useTranslation();
  const { queue } = usePicturesOnTheirWay();
  const { id, name, status, share } = picture;
  const sight = useSight(picture.file);
  const say = useStatusWords();
  const isStuck = status === 'unreachable' || status === 'refused';
  return (
    <li className="picture" data-status={status}>
      <span className="picture-sight">
        {sight ? <img src={sight} alt="" width={72} height={72} draggable={false} /> : null}
      </span>
      <div className="picture-state">
        <b>{name}</b>
        {status === 'sending' || status === 'preparing' ? (
          <progress value={status === 'preparing' ? undefined : share} max={1} aria-label={name} />
        ) : null}
        <span role={status === 'refused' ? 'alert' : undefined}>{say(picture)}</span>
      </div>
      <div className="picture-actions">
        {isStuck && !(picture.error instanceof TooLarge) ? (
          <ActionIcon aria-label={t('pictures.retry', { name })} onClick={() => queue.retry(id)}>
            <IconRefresh size={18} />
          </ActionIcon>
        ) : null}
        <ActionIcon aria-label={t('pictures.giveUp', { name })} onClick={() => queue.remove(id)}>
          <IconTrash size={18} />
        </ActionIcon>
      </div>
    </li>
  );
}

function useStatusWords(): (picture: PictureOnItsWay) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ status, share, error, name }) => {
    if (status === 'sending') return t('pictures.sending', { share: format.percent(share) });
    if (status !== 'refused') return t(`pictures.${status}`);
    if (error instanceof TooLarge) return t('pictures.tooLarge', { name, max: error.maxMegabytes });
    const failure = readFailure(error);
    return failure.kind === 'refused' ? failure.message : t('failures.broken.text');
  };
}

/** The file itself as a picture, as long as it is on the screen. */
function useSight(file: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
