import type { me } from '#contract/people.ts';
import { changePerson } from '#server/platform/auth/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { presentMe } from './get-me.ts';

/** Changes the caller's name or language; the answer is in the new one. */
export const updateMe: Verb<typeof me.update> = async (context, { name, language }) => {
  await context.house.db.outside((tx) => changePerson(tx, context.personId, { name, language }));
  return presentMe(context);
};
