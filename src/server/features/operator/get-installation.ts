import type { Installation, operator } from '#contract/operator.ts';
import { readRegistration, writeRegistration } from '#server/platform/auth/index.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import { countPeople, countWorkspaces } from './operator-store.ts';
import { readVersion } from './read-version.ts';

const version = readVersion();

export const getInstallation: Verb<typeof operator.get> = ({ house }) => describeInstallation(house);

/** Opens or closes registration; what is absent stays. */
export const updateInstallation: Verb<typeof operator.update> = async ({ house, log }, { registration }) => {
  if (registration !== undefined) {
    await house.db.outside((tx) => writeRegistration(tx, registration));
    log.info({ wanted: registration }, 'registration was set');
  }
  return describeInstallation(house);
};

async function describeInstallation({ db, mail }: House): Promise<Installation> {
  const { registration, people } = await db.outside(async (tx) => ({
    registration: await readRegistration(tx),
    people: await countPeople(tx),
  }));
  const workspaces = await db.across(countWorkspaces);
  const { configured, from } = mail;
  return { version, registration, mail: { configured, from: configured ? from : null }, people, workspaces };
}
