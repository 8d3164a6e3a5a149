import type { JobDefinition, Mail } from '../context/index.ts';
import type { Tx } from '../db/index.ts';
import { deleteLink, type LinkRow, lockLink, setToken } from './link-store.ts';
import { findPersonByEmail, type Person } from './person-store.ts';
import { makeToken } from './token.ts';

/** Looks up whoever a link was asked for, and posts the mail that suits them, or none. */
export const sendLink: JobDefinition<{ linkId: string }> = {
  name: 'link.send',
  run: ({ house }, { linkId }) =>
    house.db.outside(async (tx) => {
      const link = await lockLink(tx, linkId);
      // A second run finds the token of the first: the mail was posted with it.
      if (!link || link.tokenHash !== null) return;
      await answerWish(tx, house.mail, link, await findPersonByEmail(tx, link.email));
    }),
};

async function answerWish(tx: Tx, mail: Mail, link: LinkRow, person: Person | null): Promise<void> {
  const { kind, email: to, origin } = link;
  const language = person?.language ?? link.language;
  if (kind === 'reset-password') {
    if (!person) return deleteLink(tx, link.id);
    const token = makeToken();
    await setToken(tx, link, token);
    return mail.post(tx, { to, language, template: kind, params: { link: `${origin}/reset#${token}` } });
  }
  if (person) {
    await deleteLink(tx, link.id);
    return mail.post(tx, { to, language, template: 'already-registered', params: { link: `${origin}/sign-in` } });
  }
  const token = makeToken();
  await setToken(tx, link, token);
  return mail.post(tx, { to, language, template: kind, params: { link: `${origin}/confirm#${token}` } });
}
