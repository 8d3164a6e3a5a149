import type { PersonId } from '#contract/ids.ts';
import type { Member } from '#contract/people.ts';
import { findPeople, type Person } from '#server/platform/auth/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { MemberRow } from './tables.ts';

/** Members as they go to the wire, with name and e-mail from their accounts. */
export async function presentMembers(tx: Tx, rows: readonly MemberRow[]): Promise<Member[]> {
  const people = await findPeople(
    tx,
    rows.map((row) => row.person_id),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return rows.map((row) => presentMember(row, byId.get(row.person_id)));
}

const presentMember = (row: MemberRow, person: Person | undefined): Member => ({
  personId: row.person_id as PersonId,
  // Whoever has no account any more is still shown, without a name.
  name: person?.name ?? '',
  email: person?.email ?? '',
  role: row.role,
  since: row.created_at.toISOString(),
});
