import type { RefusalBody } from '#contract/refusals.ts';

/** The command was not understood; nothing was sent. */
export class UsageError extends Error {}

/** The server could not be reached, or something else answered in its place. Whether the call was done is unknown. */
export class UnreachableError extends Error {}

/** The server said no. `body` is its answer as it came. */
export class RefusedError extends Error {
  readonly body: RefusalBody;
  readonly text: string;
  constructor(body: RefusalBody, text: string) {
    super(body.message);
    this.body = body;
    this.text = text;
  }
}
