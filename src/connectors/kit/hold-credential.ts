import type { z } from 'zod';
import type { Json } from './contract.ts';
import type { Fault } from './faults.ts';

/** How a connector gets at the credential that the house keeps for it. `network` as a sentence names it. */
export function holdCredential<T extends z.ZodType>(schema: T, network: string) {
  const unreadableCredential: Fault = {
    kind: 'credential-rejected',
    said: `The kept credential is not one of ${network}.`,
  };
  return {
    /** The credential as `connect` or `refresh` made it, or null when it is not one of this network's. */
    readCredential(kept: Json): z.output<T> | null {
      const read = schema.safeParse(kept);
      return read.success ? read.data : null;
    },
    /** What to answer when there is no usable credential. */
    unreadableCredential,
  };
}
