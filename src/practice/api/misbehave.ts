import type { Answer } from '../answer.ts';
import type { Misbehaviour } from '../orders.ts';

/** What goes wrong before the call is done: then nothing is done. Null: nothing does. */
export function refuseBefore(order: Misbehaviour, now: Date): Answer | null {
  switch (order.kind) {
    case 'rate-limit':
      return shapeLimit(order, now);
    case 'fail-before':
      return failed;
    case 'drop-before':
      return { status: 0, body: '', manner: 'dropped' };
    case 'credential-expired':
      return shapeRefusal(401, 'token-expired', 'This access token has expired.');
    case 'barred':
      return { status: order.status, headers: { 'content-type': 'text/html' }, body: '<h1>Access denied</h1>' };
    case 'permission-missing':
      return shapeRefusal(403, 'permission-missing', `Allow ${order.permission} first.`, {
        permission: order.permission,
      });
    case 'media-not-ready':
      return shapeRefusal(425, 'media-not-ready', 'A picture is still being worked on.');
    case 'duplicate':
      return order.form === 'someone-elses'
        ? shapeRefusal(409, 'duplicate', 'This was posted already.', { existingId: 'p999999999' })
        : null;
    case 'empty-answer':
      return { status: 200, body: order.form === 'nothing' ? {} : blankTokens };
    default:
      return null;
  }
}

/** What becomes of the answer of a call that was done. */
export function spoilAfter(order: Misbehaviour, answer: Answer): Answer {
  if (answer.status > 299) return answer;
  switch (order.kind) {
    case 'fail-after':
      return failed;
    case 'cut-upload':
    case 'drop-after':
      return { ...answer, manner: 'dropped' };
    case 'reset-in-answer':
      return { ...answer, manner: 'reset' };
    case 'blocked-after':
      return shapeRefusal(403, 'blocked', 'This was blocked by our filters.');
    case 'duplicate': {
      const { id } = answer.body as { id?: string };
      return shapeRefusal(
        409,
        'duplicate',
        'This was posted already.',
        order.form === 'with-id' ? { existingId: id } : {},
      );
    }
    case 'changed-answer':
      return shapeChanged(order.shape, answer);
    default:
      return answer;
  }
}

/** A refusal in the network's usual form. */
export const shapeRefusal = (status: number, error: string, message: string, more: object = {}): Answer => ({
  status,
  body: { error, message, ...more },
});

const blankTokens = { accessToken: '', refreshToken: '', expiresIn: 3_600, endsIn: null };

const failed = shapeRefusal(500, 'internal', 'Something went wrong on our side.');

function shapeLimit({ form, seconds }: Misbehaviour & { kind: 'rate-limit' }, now: Date): Answer {
  const scope = form === 'day' ? 'day' : form === 'app' ? 'app' : 'account';
  const after = (ms: number) => new Date(now.getTime() + ms).toUTCString();
  const waits: Record<typeof form, string | null> = {
    seconds: String(seconds),
    // A date knows no fractions: rounded up, so that it is never before what is meant.
    date: after(seconds * 1_000 + 999),
    none: null,
    day: null,
    app: String(seconds),
    past: after(-3_600_000),
    absurd: '99999999999',
  };
  const wait = waits[form];
  return {
    ...shapeRefusal(429, 'too-many-calls', 'Slow down.', { scope }),
    headers: { 'ratelimit-scope': scope, ...(wait === null ? {} : { 'retry-after': wait }) },
  };
}

function shapeChanged(shape: (Misbehaviour & { kind: 'changed-answer' })['shape'], answer: Answer): Answer {
  const { status, body } = answer;
  switch (shape) {
    case 'other-fields':
      return { status, body: { result: { ok: true, reference: 'x' } } };
    case 'wrong-types':
      return { status, body: Object.fromEntries(Object.keys(body as object).map((key) => [key, [7, null]])) };
    case 'html':
      return { status, headers: { 'content-type': 'text/html' }, body: '<!doctype html><h1>We moved</h1>' };
    case 'truncated':
      return { status, body: JSON.stringify(body).slice(0, -7) };
    case 'huge':
      return { ...answer, manner: 'endless' };
    case 'deep':
      return { status, body: `${'{"id":'.repeat(50_000)}1${'}'.repeat(50_000)}` };
    case 'empty':
      return { status, body: '' };
    case 'other-post':
      return { status, body: { ...(body as object), id: 'p999999999', account: 'someone-else' } };
  }
}
