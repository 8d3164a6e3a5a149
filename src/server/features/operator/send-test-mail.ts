import type { operator } from '#contract/operator.ts';
import { findPerson } from '#server/platform/auth/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';

/** Sends a mail to the operator now, past the queue, and says what the mail server answered. */
export const sendTestMail: Verb<typeof operator.testMail> = async ({ house, personId, language }) => {
  const person = await house.db.outside((tx) => findPerson(tx, personId));
  if (!person) refuse('not-found');
  const answer = await house.mail.sendNow({ to: person.email, language, template: 'test', params: {} });
  return { ...answer, to: person.email };
};
