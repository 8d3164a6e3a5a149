/**
 * Every way in which Goalpost understands a call and says no, with its HTTP status. The list is closed: a code that is
 * not here cannot be thrown. Each code has a translated message under `refusals.<code>` that says what happened, what
 * is safe and what to do.
 */
export const refusals = {
  'input-invalid': 400,
  'signed-out': 401,
  'not-found': 404,
  'not-allowed': 403,
  'registration-closed': 403,
  'sign-in-refused': 401,
  'password-too-weak': 400,
  'email-in-use': 409,
  'too-many-attempts': 429,
  'edited-meanwhile': 409,
  'idempotency-key-reused': 409,
  'idempotency-key-in-use': 409,
  'page-address-taken': 409,
  'last-owner': 409,
  'channel-disconnected': 409,
  'channel-connected-already': 409,
  'connect-refused': 422,
  'reconnect-other-account': 409,
  'network-unavailable': 502,
  'medium-unsupported': 415,
  'medium-too-large': 413,
  'medium-in-use': 409,
  'media-away': 503,
  'upload-elsewhere': 409,
  'uploads-full': 409,
  'no-room': 507,
  'content-invalid': 422,
  'time-in-past': 422,
  'quota-full': 422,
  'time-without-zone': 400,
  'post-has-no-channels': 422,
  'invitation-spent': 410,
  'invitation-for-another': 403,
  'member-already': 409,
  'link-spent': 410,
  'key-lacks-scope': 403,
  'network-cannot': 409,
  'delivery-on-its-way': 409,
  'delivery-not-in-state': 409,
  'operation-unknown': 404,
  internal: 500,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusals;

/** What is wrong with one field; `field` is a path in the input such as `variants.0.content.parts.1.text`. */
export interface FieldProblem {
  field: string;
  /** Translated under `problems.<code>` with `params`. */
  code: string;
  params?: Record<string, string | number>;
  /** On the wire: the translated text. */
  message?: string;
}

/** The body of every refusal on the wire. `message` is in the caller's language. */
export interface RefusalBody {
  code: RefusalCode;
  status: number;
  message: string;
  data: { problems?: FieldProblem[]; current?: unknown; requestId: string };
}
