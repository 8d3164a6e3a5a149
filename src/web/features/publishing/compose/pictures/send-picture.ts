import type { Medium } from '#contract/media.ts';
import { decodeRefusal, readFailure } from '../../../../lib/failure.ts';
import { spoken } from '../../../../lib/languages.ts';
import type { WaitingPicture } from '../../draft/picture-queue.ts';
import { prepareFile } from './prepare-file.ts';

/** Largest file that the server takes. */
export const maxMegabytes = 25;

/** A file that is too large to be sent at all. */
export class TooLarge extends Error {}

/** Why a file is not worth sending; null when it is. What it is, only the server can tell by its bytes. */
export const judgeFile = (file: Blob): TooLarge | null =>
  file.size > maxMegabytes * 1024 * 1024 ? new TooLarge('too large') : null;

/**
 * Brings a picture or a video to the library and tells how much of it has gone, which `fetch` cannot. Sent again under the same id
 * it is the same picture. Rejects as the other calls do.
 */
export async function sendPicture(
  workspaceId: string,
  { id, file: chosen, name }: WaitingPicture,
  { signal, onShare }: { signal: AbortSignal; onShare: (share: number) => void },
): Promise<Medium> {
  const { file, poster } = await prepareFile(chosen);
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append('file', file, name);
    if (poster) form.append('poster', poster, 'still.jpg');
    const request = new XMLHttpRequest();
    request.open('POST', `/api/workspaces/${workspaceId}/media`);
    request.setRequestHeader('accept-language', spoken());
    request.setRequestHeader('idempotency-key', id);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Medium);
      else reject(decodeRefusal(request.response, request.status) ?? new Error(`answered ${request.status}`));
    };
    request.onerror = () => reject(new Error('no answer'));
    request.onabort = () => reject(new Error('given up'));
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) reject(new Error('given up'));
    else request.send(form);
  });
}

/** Refusals that pass by themselves: an earlier sending of the same picture still runs, or there were too many calls. */
const passing = ['idempotency-key-in-use', 'too-many-attempts', 'network-unavailable'];

/** Is a failed sending worth another try as it is? */
export function isPassing(error: unknown): boolean {
  const failure = readFailure(error);
  return failure.kind === 'refused' ? passing.includes(failure.code) : true;
}
