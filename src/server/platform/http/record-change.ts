import { unrecorded } from '#contract/audit.ts';
import type { ApiKeyId, PersonId } from '#contract/ids.ts';
import type { OperationName } from '#contract/operations.ts';
import type { Database, Tx } from '../db/index.ts';
import { pickIds, tellChanges } from '../live/index.ts';
import { getOperation } from './find-operation.ts';
import { type ChangeWords, shapeChange } from './shape-change.ts';

/** One change as it goes into the audit log. */
export interface Change extends ChangeWords {
  workspaceId: string;
  by: { personId: PersonId; apiKeyId: ApiKeyId | null };
  action: OperationName;
}

/**
 * Writes a change into its workspace's audit log, in the transaction of the change. With `ifAnything`, only when that
 * transaction has written something; returns whether the line was written. It is the transaction's last statement.
 */
export type RecordChange = (tx: Tx, change: Change, options: { ifAnything: boolean }) => Promise<boolean>;

/** Sees to it that a call's change stands in the audit log, once. */
export interface Recorder {
  /** The call's input, once it is parsed. */
  input: unknown;
  /** One transaction in a workspace. The first that writes something takes the line of the audit log with it. */
  inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** After the verb: what no transaction of `inWorkspace` has recorded is recorded now. */
  finish(workspaceId: string, answer: unknown): Promise<void>;
}

const looks: readonly OperationName[] = unrecorded;

/** Whether an operation that succeeds stands in the audit log. */
export const isRecorded = (operation: OperationName): boolean =>
  getOperation(operation).method !== 'GET' && !looks.includes(operation);

/** Makes the recorder of one call; one that changes nothing records nothing. */
export function createRecorder(options: {
  db: Database;
  operation: OperationName;
  by: Change['by'];
  record: RecordChange;
}): Recorder {
  const { db, operation, by, record } = options;
  let isDone = !isRecorded(operation);
  const recorder: Recorder = {
    input: {},
    async inWorkspace(workspaceId, work) {
      let hasWritten = false;
      const result = await db.inWorkspace(workspaceId, async (tx) => {
        const given = await work(tx);
        if (!isDone) {
          await tellChanges(tx, workspaceId, [{ kind: operation, ids: pickIds(recorder.input) }]);
          hasWritten = await record(tx, changeOf(workspaceId, given), { ifAnything: true });
        }
        return given;
      });
      // Only now: the transaction has been committed.
      isDone ||= hasWritten;
      return result;
    },
    async finish(workspaceId, answer) {
      if (isDone) return;
      await db.inWorkspace(workspaceId, (tx) => record(tx, changeOf(workspaceId, answer), { ifAnything: false }));
      isDone = true;
    },
  };
  const changeOf = (workspaceId: string, result: unknown): Change => ({
    workspaceId,
    by,
    action: operation,
    ...shapeChange(operation, recorder.input, result),
  });
  return recorder;
}
