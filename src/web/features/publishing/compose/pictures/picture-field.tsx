import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { IconPhoto } from '../../../../ui/icons.ts';
import { showToast } from '../../../../ui/toasts.tsx';
import type { PicturePlace } from '../../draft/picture-queue.ts';
import { OnTheirWay } from './on-their-way.tsx';
import { PictureRow } from './picture-row.tsx';
import { usePicturesOnTheirWay } from './use-picture-queue.ts';
import './pictures.css';

type Pictures = Part['media'];

interface PictureFieldProps {
  place: PicturePlace;
  pictures: Pictures;
  media: ReadonlyMap<string, Medium>;
  /** The part's own words. */
  text: string;
  isLocked: boolean;
  onChange: (pictures: Pictures) => void;
}

/** Pictures in their order, with words for those who do not see them. Chosen, pasted, or dropped. */
export function PictureField({ place, pictures, media, text, isLocked, onChange }: PictureFieldProps) {
  const { t } = useTranslation();
  const { take } = usePicturesOnTheirWay();
  const input = useRef<HTMLInputElement>(null);
  const [word, setWord] = useState('');
  // The way back is taken later: what changed meanwhile stays.
  const latest = useRef({ pictures, onChange });
  latest.current = { pictures, onChange };

  const move = (from: number, to: number) => {
    if (from === to || to < 0 || to >= pictures.length) return;
    const next = [...pictures];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
    setWord(t('pictures.moved', { number: to + 1, total: pictures.length }));
  };
  const remove = (position: number) => {
    const removed = pictures[position];
    if (!removed) return;
    onChange(pictures.toSpliced(position, 1));
    showToast({
      text: t('pictures.removed'),
      about: removed.mediumId,
      undo: {
        label: t('app.undo'),
        run: () => latest.current.onChange(latest.current.pictures.toSpliced(position, 0, removed)),
      },
    });
  };
  return (
    <div className="pictures">
      {pictures.length > 0 ? (
        <ol className="picture-list">
          {pictures.map((picture, position) => (
            <PictureRow
              key={picture.mediumId}
              picture={picture}
              medium={media.get(picture.mediumId)}
              text={text}
              place={place}
              position={position}
              count={pictures.length}
              isLocked={isLocked}
              onAlt={(alt) => onChange(pictures.map((it, at) => (at === position ? { ...it, alt } : it)))}
              onMove={(to) => move(position, to)}
              onRemove={() => remove(position)}
            />
          ))}
        </ol>
      ) : null}
      <OnTheirWay place={place} />
      <p className="unseen" role="status">
        {word}
      </p>
      {isLocked ? null : (
        <div className="picture-add">
          <input
            ref={input}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm"
            multiple
            hidden
            onChange={(event) => {
              take(place, [...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <Button variant="subtle" leftSection={<IconPhoto size={18} />} onClick={() => input.current?.click()}>
            {t('compose.addPicture')}
          </Button>
          <span className="form-hint picture-ways">{t(pictures.length > 1 ? 'pictures.order' : 'pictures.ways')}</span>
        </div>
      )}
    </div>
  );
}
