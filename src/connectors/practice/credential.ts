import { z } from 'zod';
import { holdCredential } from '../kit/hold-credential.ts';

export const accountKinds = ['keyed', 'keyless', 'repeat', 'container', 'blind'] as const;

/** The session that the house keeps for us, encrypted. */
const Credential = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  /** Origin of the network. */
  server: z.url({ protocol: /^https?$/ }),
  accountId: z.string().min(1),
  handle: z.string().min(1),
  /** How a post whose answer was lost is found again: `reconcileOf` of the manifest. */
  kind: z.enum(accountKinds),
});
export type Credential = z.infer<typeof Credential>;

export const { readCredential, unreadableCredential } = holdCredential(Credential, 'the practice network');
