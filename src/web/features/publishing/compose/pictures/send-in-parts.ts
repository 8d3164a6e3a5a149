import type { Medium } from '#contract/media.ts';
import type { Upload } from '#contract/uploads.ts';
import { client } from '../../../../lib/api.ts';
import { isRefused, readFailure } from '../../../../lib/failure.ts';
import type { SendOptions, WaitingPicture } from '../../draft/picture-queue.ts';
import { sendForm } from './send-form.ts';

/**
 * Brings a large file to the library part by part. Where it broke off, by a line that went, a reload or a restart of the
 * server, it goes on from what has arrived; the server says how much that is. Rejects as the other calls do.
 */
export async function sendInParts(
  workspaceId: string,
  picture: WaitingPicture,
  { file, poster }: { file: Blob; poster: Blob | null },
  { signal, onShare, onUpload }: SendOptions,
): Promise<Medium> {
  let upload = await findOrBegin(workspaceId, picture, file.size);
  if (upload.id !== picture.uploadId) onUpload(upload.id);
  const path = `/api/workspaces/${workspaceId}/uploads/${upload.id}`;
  while (upload.mediumId === null && upload.offsetBytes < file.size) {
    const from = upload.offsetBytes;
    const part = file.slice(from, from + upload.partBytes);
    const form = new FormData();
    form.append('offsetBytes', String(from));
    form.append('part', part, 'part');
    // The last part is there when its answer is: only then is all of it there.
    const onSent = (sent: number, of: number) =>
      onShare(Math.min(0.999, (from + (part.size * sent) / Math.max(1, of)) / file.size));
    upload = await sendForm<Upload>(`${path}/parts`, form, { signal, onSent }).catch((error: unknown) =>
      goOnFrom(error, from),
    );
  }
  onShare(1);
  const form = new FormData();
  form.append('alt', '');
  if (poster) form.append('poster', poster, 'still.jpg');
  return sendForm<Medium>(`${path}/finish`, form, { key: picture.id, signal });
}

/** Gives an upload up; that it is gone already, or that nobody answers, changes nothing. */
export const giveUpUpload = (workspaceId: string, uploadId: string): void => {
  void client.uploads.cancel({ workspaceId, uploadId }).catch(() => undefined);
};

async function findOrBegin(
  workspaceId: string,
  { uploadId, name }: WaitingPicture,
  sizeBytes: number,
): Promise<Upload> {
  if (uploadId !== undefined) {
    try {
      return (await client.uploads.get({ workspaceId, uploadId })) as Upload;
    } catch (error) {
      // Nobody went on with it for a day.
      if (!isRefused(error, 'not-found')) throw error;
    }
  }
  return (await client.uploads.begin({ workspaceId, name: name.slice(0, 300), sizeBytes })) as Upload;
}

/** A part that had arrived though its answer was lost: the server says from where to go on. */
function goOnFrom(error: unknown, from: number): Upload {
  const failure = readFailure(error);
  if (failure.kind !== 'refused' || failure.code !== 'upload-elsewhere') throw error;
  const current = failure.current as Upload;
  if (current.mediumId === null && current.offsetBytes === from) throw error;
  return current;
}
