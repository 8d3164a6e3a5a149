/** Why the house does not make a request. People are shown one sentence for all of them. */
export type EgressRefusalReason = 'address-invalid' | 'scheme' | 'port' | 'private-address' | 'redirect';

/** Thrown inside a connection attempt, so that a library's own `fetch` fails too; `egress.fetch` returns it as data. */
export class EgressRefusedError extends Error {
  readonly code = 'EGRESS_REFUSED';
  readonly reason: EgressRefusalReason;

  constructor(reason: EgressRefusalReason) {
    super(`This address is not called: ${reason}`);
    this.name = 'EgressRefusedError';
    this.reason = reason;
  }
}

/** Thrown when a request's `beforeWrite` forbade it; nothing was written. */
export class WriteForbiddenError extends Error {
  constructor(cause: unknown) {
    super('The request was stopped before it was written', { cause });
    this.name = 'WriteForbiddenError';
  }
}
