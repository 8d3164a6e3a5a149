import { z } from 'zod';
import { holdCredential } from '../kit/hold-credential.ts';

/** The session that the house keeps for us, encrypted. */
const Credential = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  /** Origin of the network. */
  server: z.url({ protocol: /^https?$/ }),
  accountId: z.string().min(1),
  handle: z.string().min(1),
  /** `keyed` accounts never make two posts of one key; `keyless` ones have to be read. */
  kind: z.enum(['keyed', 'keyless']),
});
export type Credential = z.infer<typeof Credential>;

export const { readCredential, unreadableCredential } = holdCredential(Credential, 'the practice network');
