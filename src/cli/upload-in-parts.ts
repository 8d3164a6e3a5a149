import { RefusedError, UnreachableError } from './failures.ts';
import type { Answer, Server } from './server.ts';

/** Larger files go in parts. */
const WHOLE_BYTES = 8 * 1024 * 1024;
/** How often a call is made again when no answer came, and how long the first pause is. */
const TRIES = 6;
const PAUSE_MS = 1_000;

export const goesInParts = (file: unknown): file is File => file instanceof File && file.size > WHOLE_BYTES;

interface Upload {
  id: string;
  offsetBytes: number;
  partBytes: number;
}

/**
 * Brings a large file to the library part by part. A line that breaks costs a part: what has arrived the server says.
 * Throws what the calls throw, and `UnreachableError` when the server stays away. What cannot be brought to its end is
 * given up, unless `repeatable`: then the same command under the same key goes on with it.
 */
export async function uploadInParts(
  { client }: Server,
  { file, alt, workspaceId, poster }: { file: File; alt: string; workspaceId: string; poster?: File },
  { repeatable }: { repeatable: boolean },
): Promise<Answer> {
  const begun = { workspaceId, name: file.name, sizeBytes: file.size };
  const upload: Upload = await client.uploads.begin(begun as never);
  const one = { workspaceId, uploadId: upload.id };
  try {
    await sendParts(client, { upload, file, workspaceId });
    const body = await finish(client, { ...one, alt, ...(poster ? { poster } : {}) });
    return { body, text: JSON.stringify(body) };
  } catch (error) {
    // The reason counts, not whether this is heard as well.
    if (!repeatable) await client.uploads.cancel(one as never).catch(() => undefined);
    throw error;
  }
}

async function sendParts(
  client: Server['client'],
  { upload: begun, file, workspaceId }: { upload: Upload; file: File; workspaceId: string },
): Promise<void> {
  let upload = begun;
  for (let failures = 0; upload.offsetBytes < file.size; ) {
    const { id: uploadId, offsetBytes, partBytes } = upload;
    const part = new File([file.slice(offsetBytes, offsetBytes + partBytes)], 'part');
    try {
      upload = await client.uploads.append({ workspaceId, uploadId, offsetBytes, part } as never);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === TRIES || !mayPass(error)) throw error;
      await pause(failures);
      upload = await client.uploads.get({ workspaceId, uploadId } as never).catch(() => upload);
    }
  }
}

/** Finished twice it is one medium, so an answer that was lost is asked for again. */
async function finish(client: Server['client'], asked: object): Promise<unknown> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await client.uploads.finish(asked as never);
    } catch (error) {
      if (failures === TRIES || !mayPass(error)) throw error;
      await pause(failures);
    }
  }
}

const pause = (failures: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (failures - 1)));

const mayPass = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  (error instanceof RefusedError && ['upload-elsewhere', 'too-many-attempts', 'media-away'].includes(error.body.code));
