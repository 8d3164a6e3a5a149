import type { GuardBreach } from '../guard-breach.ts';
import { publishingBreaches } from './publishing.ts';
import { secretBreaches } from './secrets.ts';
import { signInBreaches } from './sign-in.ts';
import { tenancyBreaches } from './tenancy.ts';
import { treeBreaches } from './tree.ts';

/** One for each guard but the walls and the screens. */
export const allBreaches: readonly GuardBreach[] = [
  ...treeBreaches,
  ...tenancyBreaches,
  ...signInBreaches,
  ...secretBreaches,
  ...publishingBreaches,
];
