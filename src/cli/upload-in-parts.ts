import { RefusedError, UnreachableError } from './failures.ts';
import type { Answer, Server } from './server.ts';

/** Larger files go in parts. */
const WHOLE_BYTES = 8 * 1024 * 1024;
/** How often a part is sent again when no answer came, and how long the first pause is. */
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
 * Throws what the calls throw, and `UnreachableError` when the server stays away.
 */
export async function uploadInParts(
  { client }: Server,
  { file, alt, workspaceId, poster }: { file: File; alt: string; workspaceId: string; poster?: File },
): Promise<Answer> {
  const begun = { workspaceId, name: file.name, sizeBytes: file.size };
  let upload: Upload = await client.uploads.begin(begun as never);
  for (let failures = 0; upload.offsetBytes < file.size; ) {
    const { id: uploadId, offsetBytes, partBytes } = upload;
    const part = new File([file.slice(offsetBytes, offsetBytes + partBytes)], 'part');
    try {
      upload = await client.uploads.append({ workspaceId, uploadId, offsetBytes, part } as never);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === TRIES || !mayPass(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (failures - 1)));
      upload = await client.uploads.get({ workspaceId, uploadId } as never).catch(() => upload);
    }
  }
  const finish = { workspaceId, uploadId: upload.id, alt, ...(poster ? { poster } : {}) };
  const body: unknown = await client.uploads.finish(finish as never);
  return { body, text: JSON.stringify(body) };
}

const mayPass = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  (error instanceof RefusedError && ['upload-elsewhere', 'too-many-attempts', 'media-away'].includes(error.body.code));
