import { type FieldProblem, type RefusalBody, refusals } from '#contract/refusals.ts';
import type { Language } from '#contract/terms.ts';
import { Refusal } from '../context/index.ts';
import type { Log } from '../log/index.ts';
import { AWAY_RETRY_SECONDS, StorageAway } from '../storage/index.ts';
import type { Texts } from '../texts/index.ts';

/** What is needed to say no to somebody. */
export interface Listener {
  texts: Texts;
  language: Language;
  requestId: string;
}

/** A refusal as it goes to the wire, in the caller's language. */
export function refusalBody(refusal: Refusal, { texts, language, requestId }: Listener): RefusalBody {
  const problems = refusal.problems.map((problem) => ({ ...problem, message: problemText(problem, texts, language) }));
  return {
    code: refusal.code,
    status: refusals[refusal.code],
    message: texts.t(language, `refusals:${refusal.code}`, { ...refusal.params, requestId }),
    data: {
      ...(problems.length > 0 ? { problems } : {}),
      ...(refusal.current === undefined ? {} : { current: refusal.current }),
      requestId,
    },
  };
}

function problemText(problem: FieldProblem, texts: Texts, language: Language): string {
  const key = `refusals:problems.${problem.code}`;
  return texts.t(language, texts.has(key) ? key : 'refusals:problems.invalid', problem.params);
}

/**
 * Whatever was thrown, as a refusal: that pictures cannot be had now is one too; anything else is a bug, logged with its
 * cause and told as `internal`.
 */
export function toRefusal(thrown: unknown, log: Log): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof StorageAway) {
    log.warn({ err: thrown }, 'the place of pictures and videos cannot be used');
    return new Refusal('media-away', { cause: thrown, params: { retryAfterSeconds: AWAY_RETRY_SECONDS } });
  }
  log.error({ err: thrown }, 'call failed');
  return new Refusal('internal', { cause: thrown });
}

/** The whole answer to a refused call outside the operations. `defined` is what oRPC's clients know an error by. */
export function refusalResponse(refusal: Refusal, listener: Listener): Response {
  const body = refusalBody(refusal, listener);
  const retryAfter = refusal.params['retryAfterSeconds'];
  return Response.json(
    { defined: false, ...body },
    { status: body.status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } },
  );
}
