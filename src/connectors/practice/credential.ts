import { z } from 'zod';
import type { Json } from '../kit/contract.ts';
import type { Fault } from '../kit/faults.ts';

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

/** The credential as `connect` or `refresh` made it, or null when it is not one of ours. */
export function readCredential(kept: Json): Credential | null {
  const read = Credential.safeParse(kept);
  return read.success ? read.data : null;
}

/** What to answer when there is no usable credential. */
export const unreadableCredential: Fault = {
  kind: 'credential-rejected',
  said: 'The kept credential is not one of the practice network.',
};
