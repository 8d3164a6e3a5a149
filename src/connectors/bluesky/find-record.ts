import type { Call } from '../kit/contract.ts';
import { type Fault, type Outcome, ok } from '../kit/faults.ts';
import { postCollection } from './addresses.ts';
import { callServer } from './call-server.ts';
import { readErrorBody } from './faults.ts';
import { StoredRecord } from './wire.ts';

/** A post's record straight from the account's own server, which reads what it wrote; null when it proves that none is there. */
export async function findRecord(
  call: Call,
  { server, did, key }: { server: string; did: string; key: string },
): Promise<Outcome<{ uri: string; cid: string; value: Record<string, unknown> } | null, Fault>> {
  let isAbsent = false;
  const stored = await callServer(
    call,
    {
      server,
      method: 'com.atproto.repo.getRecord',
      query: [
        ['repo', did],
        ['collection', postCollection],
        ['rkey', key],
      ],
    },
    StoredRecord,
    (response) => {
      const { error, message = '' } = readErrorBody(response);
      isAbsent =
        response.status === 400 && (error === 'RecordNotFound' || message.startsWith('Could not locate record'));
      return null;
    },
  );
  return isAbsent ? ok(null) : stored;
}
