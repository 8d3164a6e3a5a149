import type { Medium } from '#contract/media.ts';
import { readFailure } from '../../../../lib/failure.ts';
import type { SendOptions, WaitingPicture } from '../../draft/picture-queue.ts';
import { prepareFile } from './prepare-file.ts';
import { sendForm } from './send-form.ts';
import { sendInParts } from './send-in-parts.ts';

const MB = 1024 * 1024;
/** Largest files that the server takes. */
const most = { picture: 25, video: 300 };
/** What is larger goes in parts: so much is lost at most when the line breaks. */
const wholeBytes = 8 * MB;

/** A file that is too large to be sent at all. */
export class TooLarge extends Error {
  readonly maxMegabytes: number;

  constructor(maxMegabytes: number) {
    super('too large');
    this.maxMegabytes = maxMegabytes;
  }
}

/** Why a file is not worth sending; null when it is. What it is, only the server can tell by its bytes. */
export function judgeFile(file: Blob): TooLarge | null {
  const max = file.type.startsWith('video/') ? most.video : most.picture;
  return file.size > max * MB ? new TooLarge(max) : null;
}

/**
 * Brings a picture or a video to the library and tells how much of it has gone. Sent again under the same id it is the
 * same picture. Rejects as the other calls do.
 */
export async function sendPicture(workspaceId: string, picture: WaitingPicture, options: SendOptions): Promise<Medium> {
  const { file, poster } = await prepareFile(picture.file);
  if (file.size > wholeBytes) return sendInParts(workspaceId, picture, { file, poster }, options);
  const form = new FormData();
  form.append('file', file, picture.name);
  if (poster) form.append('poster', poster, 'still.jpg');
  const { signal, onShare } = options;
  const onSent = (sent: number, of: number) => onShare(of > 0 ? sent / of : 0);
  return sendForm<Medium>(`/api/workspaces/${workspaceId}/media`, form, { key: picture.id, signal, onSent });
}

/** Refusals that pass by themselves: an earlier sending of the same picture still runs, or there were too many calls. */
const passing = ['idempotency-key-in-use', 'too-many-attempts', 'network-unavailable', 'media-away'];

/** Is a failed sending worth another try as it is? */
export function isPassing(error: unknown): boolean {
  const failure = readFailure(error);
  return failure.kind === 'refused' ? passing.includes(failure.code) : true;
}
