import type { Tx } from '../db/index.ts';
import { chooseLanguage } from '../texts/index.ts';
import type { AuthGround } from './auth-ground.ts';
import type { Caller } from './caller.ts';
import { countAttempts } from './count-attempts.ts';
import { insertLink, type LinkKind } from './link-store.ts';
import { sendLink } from './send-link.ts';
import { mailBuckets } from './sign-in-limits.ts';

interface Wish {
  kind: LinkKind;
  email: string;
  /** For a new account. */
  account?: { name: string; passwordHash: string };
}

/**
 * Asks for a link by mail. Nothing here looks whether the address is known, so the answer and its time cannot tell: a
 * job does that afterwards.
 */
export async function requestLink(ground: AuthGround, { kind, email, account }: Wish, caller: Caller): Promise<void> {
  const language = chooseLanguage(caller.headers.get('accept-language'));
  const origin = ground.linkOrigin(caller);
  const { name = null, passwordHash: password = null } = account ?? {};
  await ground.db.outside(async (tx: Tx) => {
    await countAttempts(tx, mailBuckets(email, caller.address));
    const linkId = await insertLink(tx, { kind, email, language, origin, name, password });
    await ground.jobs.enqueue(tx, sendLink, { linkId });
  });
}
