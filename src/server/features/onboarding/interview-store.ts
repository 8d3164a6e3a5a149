import { type Selectable, sql } from 'kysely';
import type { InterviewAnswers, InterviewQuestion } from '#contract/onboarding.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { MadeIds, OnboardingTables } from './tables.ts';

export type InterviewRow = Selectable<OnboardingTables['interview']>;

/** What one save writes. */
export interface SavedInterview {
  answers: InterviewAnswers;
  at: InterviewRow['at'];
  skipped: InterviewQuestion[];
}

/** The interview of the transaction's workspace, if it was begun. With `lock` no one else changes it meanwhile. */
export async function findInterviewRow(tx: Tx, { lock = false } = {}): Promise<InterviewRow | null> {
  const row = await tx
    .withTables<OnboardingTables>()
    .selectFrom('interview')
    .selectAll()
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** Begins the interview; false when it has been begun already. */
export async function insertInterview(tx: Tx, workspaceId: string, saved: SavedInterview): Promise<boolean> {
  const result = await tx
    .withTables<OnboardingTables>()
    .insertInto('interview')
    .values({ workspace_id: workspaceId, ...columnsOf(saved) })
    .onConflict((conflict) => conflict.column('workspace_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Writes when the revision is still the one the caller read; false when it is not. */
export async function updateInterview(tx: Tx, revision: number, saved: SavedInterview): Promise<boolean> {
  const result = await tx
    .withTables<OnboardingTables>()
    .updateTable('interview')
    .set({ ...columnsOf(saved), revision: revision + 1, updated_at: sql`clock.now()` })
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Notes what was made. The caller holds the row's lock. */
export async function writeMade(tx: Tx, made: MadeIds): Promise<void> {
  await tx
    .withTables<OnboardingTables>()
    .updateTable('interview')
    .set({ made: JSON.stringify(made), made_at: sql`clock.now()`, at: 'proposal', revision: sql`revision + 1` })
    .execute();
}

const columnsOf = ({ answers, at, skipped }: SavedInterview) => ({ answers: JSON.stringify(answers), at, skipped });
