import type { NoticeSettings, notices } from '#contract/notices.ts';
import { isZone, listWorkspacesOf } from '#server/features/team/index.ts';
import { findPerson } from '#server/platform/auth/index.ts';
import { type PersonContext, refuse, refuseField, type Verb } from '#server/platform/context/index.ts';
import { changeChoice, findChoices } from './choice-store.ts';
import { fillChoices } from './notice.rules.ts';
import { getPushKey, listDevices, presentDevice } from './push/index.ts';

/** How the caller is told, in all their workspaces alike. */
export const getNoticeSettings: Verb<typeof notices.settings> = (context) => presentSettings(context);

/** Changes what is given. It holds for what happens from now on. */
export const chooseNotices: Verb<typeof notices.choose> = async (context, { kinds = [], ...change }) => {
  const { personId, house } = context;
  if (change.zone !== undefined && !isZone(change.zone)) refuseField('zone', 'not-a-zone');
  await house.db.outside((tx) =>
    changeChoice(tx, personId, (before) => ({
      kinds: { ...before.kinds, ...Object.fromEntries(kinds.map(({ kind, ...ways }) => [kind, ways])) },
      quietFrom: change.quietFrom ?? before.quietFrom,
      quietTo: change.quietTo ?? before.quietTo,
      digestAt: change.digestAt ?? before.digestAt,
      zone: change.zone ?? before.zone,
    })),
  );
  return presentSettings(context);
};

async function presentSettings({ house, personId, sessionId }: PersonContext): Promise<NoticeSettings> {
  const { db, mail } = house;
  const [first] = await listWorkspacesOf(db, personId);
  const { publicKey } = await getPushKey(house);
  return db.outside(async (tx) => {
    const person = (await findPerson(tx, personId)) ?? refuse('signed-out');
    const { kinds, zone, quietFrom, quietTo, digestAt } = (await findChoices(tx, [personId]))(personId);
    return {
      kinds: fillChoices(kinds),
      quietFrom,
      quietTo,
      digestAt,
      zone: zone ?? first?.workspace.zone ?? 'UTC',
      mail: { configured: mail.configured, to: person.email },
      push: {
        key: publicKey,
        devices: (await listDevices(tx, personId)).map((device) => presentDevice(device, sessionId)),
      },
    };
  });
}
