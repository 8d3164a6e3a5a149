import type { FieldProblem, RefusalCode } from '#contract/refusals.ts';

/** We understood and say no. The http layer gives it its status, its translated message and the request's id. */
export class Refusal extends Error {
  override name = 'Refusal';
  code: RefusalCode;
  /** Values for the translated message. */
  params: Record<string, string | number>;
  problems: FieldProblem[];
  /** For `edited-meanwhile`: the thing as it stands now. */
  current: unknown;

  constructor(
    code: RefusalCode,
    more: {
      params?: Record<string, string | number>;
      problems?: FieldProblem[];
      current?: unknown;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: more.cause });
    this.code = code;
    this.params = more.params ?? {};
    this.problems = more.problems ?? [];
    this.current = more.current;
  }
}

/** Throws a refusal. */
export function refuse(code: RefusalCode, more: ConstructorParameters<typeof Refusal>[1] = {}): never {
  throw new Refusal(code, more);
}

/** Throws `input-invalid` for one field; `problem` is a key under `problems`. */
export function refuseField(field: string, problem: string, params: Record<string, string | number> = {}): never {
  throw new Refusal('input-invalid', { problems: [{ field, code: problem, params }] });
}
