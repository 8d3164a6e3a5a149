import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/content.ts';
import type { Medium } from '#contract/media.ts';
import { api, client } from '../../../lib/api.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { IconArrowUp, IconPhoto, IconTrash } from '../../../ui/icons.ts';

type Pictures = Part['media'];

interface PictureFieldProps {
  pictures: Pictures;
  media: ReadonlyMap<string, Medium>;
  isLocked: boolean;
  onChange: (pictures: Pictures) => void;
}

/** Pictures with words for those who do not see them. Chosen, or dropped here. */
export function PictureField({ pictures, media, isLocked, onChange }: PictureFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(pictures);
  latest.current = pictures;
  const { uploading, error, upload } = useUpload((medium) => {
    onChange([...latest.current, { mediumId: medium.id, alt: medium.alt }]);
  });
  const set = (position: number, alt: string) =>
    onChange(pictures.map((it, at) => (at === position ? { ...it, alt } : it)));
  const raise = (position: number) => {
    const next = [...pictures];
    next.splice(position - 1, 0, ...next.splice(position, 1));
    onChange(next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside
    <div
      className="pictures"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0 || isLocked) return;
        event.preventDefault();
        upload([...event.dataTransfer.files]);
      }}
    >
      {pictures.map(({ mediumId, alt }, position) => {
        const medium = media.get(mediumId);
        return (
          <div key={mediumId} className="picture">
            {medium ? (
              <img src={medium.thumbnailUrl} alt="" width={72} height={72} />
            ) : (
              <span className="picture-blank" />
            )}
            <TextInput
              label={t('compose.alt', { number: position + 1 })}
              description={alt || isLocked ? undefined : t('compose.altHint')}
              inputWrapperOrder={['label', 'input', 'description']}
              dir="auto"
              readOnly={isLocked}
              maxLength={5_000}
              value={alt}
              onChange={(event) => set(position, event.currentTarget.value)}
            />
            {isLocked ? null : (
              <div className="picture-actions">
                {position > 0 ? (
                  <ActionIcon
                    aria-label={t('compose.raisePicture', { number: position + 1 })}
                    onClick={() => raise(position)}
                  >
                    <IconArrowUp size={18} />
                  </ActionIcon>
                ) : null}
                <ActionIcon
                  aria-label={t('compose.removePicture', { number: position + 1 })}
                  onClick={() => onChange(pictures.filter((_, at) => at !== position))}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </div>
            )}
          </div>
        );
      })}
      {error ? <FailureNotice error={error} /> : null}
      {isLocked ? null : (
        <div>
          <input
            ref={input}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/gif"
            multiple
            hidden
            onChange={(event) => {
              upload([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <Button
            variant="subtle"
            loading={uploading > 0}
            leftSection={<IconPhoto size={18} />}
            onClick={() => input.current?.click()}
          >
            {t('compose.addPicture')}
          </Button>
        </div>
      )}
    </div>
  );
}

function useUpload(onUploaded: (medium: Medium) => void) {
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const [uploading, setUploading] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const upload = async (files: File[]) => {
    setError(null);
    setUploading(files.length);
    for (const file of files) {
      try {
        const medium = await client.media.upload({ workspaceId, file });
        const { queryKey } = api.media.get.queryOptions({ input: { workspaceId, mediumId: medium.id } });
        queries.setQueryData(queryKey, medium);
        onUploaded(medium);
      } catch (problem) {
        setError(problem);
      }
      setUploading((it) => it - 1);
    }
  };
  return { uploading, error, upload: (files: File[]) => void upload(files) };
}
