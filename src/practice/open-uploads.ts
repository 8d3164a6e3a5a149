import { randomUUID } from 'node:crypto';
import { largestVideoBytes } from './open-media.ts';
import { ApiRefusal, invalid } from './refusal.ts';

/** An upload in parts, as far as it came. */
export interface Upload {
  id: string;
  sizeBytes: number;
  offsetBytes: number;
}

/** Files that come in parts; forgotten when the network ends. */
export interface Uploads {
  begin(accountId: string, sizeBytes: number): Upload;
  find(accountId: string, id: string): Upload;
  /** Adds bytes at the offset; 409 `offset` when the upload does not stand there. */
  append(accountId: string, id: string, part: { offsetBytes: number; bytes: Buffer }): Upload;
  /** Its bytes, when all are there; it is gone then. */
  finish(accountId: string, id: string): Buffer;
}

export function openUploads(): Uploads {
  const kept = new Map<string, { accountId: string; sizeBytes: number; bytes: Buffer[] }>();
  const get = (accountId: string, id: string) => {
    const upload = kept.get(id);
    if (upload?.accountId !== accountId) throw new ApiRefusal(404, 'not-found', 'There is no such upload.');
    return upload;
  };
  const offsetOf = (bytes: readonly Buffer[]) => bytes.reduce((sum, piece) => sum + piece.length, 0);
  const uploads: Uploads = {
    begin(accountId, sizeBytes) {
      if (sizeBytes > largestVideoBytes) throw invalid('media', 'too-large');
      const id = `u${randomUUID()}`;
      kept.set(id, { accountId, sizeBytes, bytes: [] });
      return { id, sizeBytes, offsetBytes: 0 };
    },
    find(accountId, id) {
      const { sizeBytes, bytes } = get(accountId, id);
      return { id, sizeBytes, offsetBytes: offsetOf(bytes) };
    },
    append(accountId, id, { offsetBytes, bytes }) {
      const upload = get(accountId, id);
      const stands = offsetOf(upload.bytes);
      if (stands !== offsetBytes) throw new ApiRefusal(409, 'offset', `The upload stands at ${stands}.`);
      if (stands + bytes.length > upload.sizeBytes) throw invalid('media', 'too-large');
      upload.bytes.push(bytes);
      return uploads.find(accountId, id);
    },
    finish(accountId, id) {
      const { sizeBytes, bytes } = get(accountId, id);
      if (offsetOf(bytes) < sizeBytes) throw new ApiRefusal(409, 'offset', 'Parts are missing.');
      return Buffer.concat(bytes);
    },
  };
  return uploads;
}
