import type { z } from 'zod';
import type { AccountCall } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { UploadedPicture, UploadSoFar } from './wire.ts';

/** Largest part that goes at once. */
const partBytes = 1024 * 1024;

/**
 * Uploads a file part by part. How far it came is remembered before the first part goes, so that a repeat, by this
 * worker or another, goes on from what the network says has arrived.
 */
export async function uploadInParts(
  call: AccountCall,
  credential: Pick<Credential, 'server' | 'accessToken'>,
  bytes: Uint8Array,
): Promise<Outcome<z.output<typeof UploadedPicture>, Fault>> {
  const key = await hashOf(bytes);
  const found = await findOrBegin(call, credential, { key, sizeBytes: bytes.byteLength });
  if (!found.ok) return found;
  const { id } = found.value;
  const { server, accessToken: token } = credential;
  let { offsetBytes } = found.value;
  while (offsetBytes < bytes.byteLength) {
    const part = bytes.subarray(offsetBytes, offsetBytes + partBytes);
    const file = { bytes: part, mime: 'application/octet-stream' };
    const what = { method: 'PUT', server, path: `/uploads/${id}/${offsetBytes}`, token, file } as const;
    // What arrived of a part without an answer the network says when this is repeated.
    const added = await callServer(call, what, UploadSoFar, ({ status }) =>
      status === 404 || status === 409 ? { kind: 'temporarily-down', said: 'The upload stands elsewhere.' } : null,
    );
    if (!added.ok) return added;
    if (added.value.offsetBytes <= offsetBytes) {
      return fail({ kind: 'contract-broken', path: 'PUT /uploads id', said: 'The upload does not grow.' });
    }
    offsetBytes = added.value.offsetBytes;
  }
  const what = { method: 'POST', server, path: `/uploads/${id}/finish`, token } as const;
  const finished = await callServer(call, what, UploadedPicture);
  if (finished.ok) await call.uploads?.forget(key);
  return finished;
}

/** The upload that is remembered, as far as the network has it; else a new one. */
async function findOrBegin(
  call: AccountCall,
  { server, accessToken: token }: Pick<Credential, 'server' | 'accessToken'>,
  { key, sizeBytes }: { key: string; sizeBytes: number },
): Promise<Outcome<z.output<typeof UploadSoFar>, Fault>> {
  const known = UploadSoFar.pick({ id: true }).safeParse(await call.uploads?.find(key));
  if (known.success) {
    let isGone = false;
    const path = `/uploads/${known.data.id}`;
    const asked = await callServer(call, { method: 'GET', server, path, token }, UploadSoFar, ({ status }) => {
      isGone = status === 404;
      return null;
    });
    if (asked.ok && asked.value.sizeBytes === sizeBytes) return ok(asked.value);
    if (!asked.ok && !isGone) return asked;
  }
  const begun = await callServer(
    call,
    { method: 'POST', server, path: '/uploads', token, json: { sizeBytes } },
    UploadSoFar,
  );
  if (begun.ok) await call.uploads?.keep(key, { id: begun.value.id });
  return begun;
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
