import { z } from 'zod';
import type { Json } from '../kit/contract.ts';
import type { Fault } from '../kit/faults.ts';
import { Did } from './wire.ts';

/** The session that the house keeps for us, encrypted. */
const Credential = z.object({
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  did: Did,
  /** Origin of the account's own server. */
  pds: z.url({ protocol: /^https?$/ }),
});
export type Credential = z.infer<typeof Credential>;

/** The credential as `connect` or `refresh` made it, or null when it is not one of ours. */
export function readCredential(kept: Json): Credential | null {
  const read = Credential.safeParse(kept);
  return read.success ? read.data : null;
}

/** What to answer when there is no usable credential. */
export const unreadableCredential: Fault = {
  kind: 'credential-rejected',
  said: 'The kept credential is not one of Bluesky.',
};
