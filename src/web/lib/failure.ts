import { ORPCError } from '@orpc/client';
import type { FieldProblem, RefusalCode } from '#contract/refusals.ts';
import { refusals } from '#contract/refusals.ts';

/** A field problem as it arrives: with its message in the reader's language. */
export type ShownProblem = FieldProblem & { message?: string };

/**
 * Why a call did not work. `refused`: the server understood and said no. `unreachable`: no answer came, so what was
 * asked may or may not have happened. `broken`: an answer that nobody planned for.
 */
export type Failure =
  | { kind: 'refused'; code: RefusalCode; message: string; problems: ShownProblem[]; current: unknown }
  | { kind: 'unreachable' }
  | { kind: 'broken'; requestId: string | null };

/** Reads any thrown thing into a failure that a screen can show. */
export function readFailure(error: unknown): Failure {
  if (!(error instanceof ORPCError)) return { kind: 'unreachable' };
  const data = asRecord(error.data);
  if (!(error.code in refusals) || error.code === 'internal') {
    return { kind: 'broken', requestId: typeof data['requestId'] === 'string' ? data['requestId'] : null };
  }
  return {
    kind: 'refused',
    code: error.code as RefusalCode,
    message: error.message,
    problems: Array.isArray(data['problems']) ? (data['problems'] as ShownProblem[]) : [],
    current: data['current'],
  };
}

/** Was the call refused with this code? */
export function isRefused(error: unknown, code: RefusalCode): boolean {
  const failure = readFailure(error);
  return failure.kind === 'refused' && failure.code === code;
}

/** Did the server answer at all? */
export const wasAnswered = (error: unknown): boolean => error instanceof ORPCError;

/** Makes a refusal of an error body on the wire, or null when the body is not one of ours. */
export function decodeRefusal(body: unknown, status: number): ORPCError<string, unknown> | null {
  const { code, message, data } = asRecord(body);
  if (typeof code !== 'string') return null;
  return new ORPCError(code, { status, message: typeof message === 'string' ? message : '', data });
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
