import { z } from 'zod';
import { holdCredential } from '../kit/hold-credential.ts';
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

export const { readCredential, unreadableCredential } = holdCredential(Credential, 'Bluesky');
