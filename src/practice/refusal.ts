/** The network understood and says no. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly more: Record<string, unknown>;

  constructor(status: number, error: string, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ApiRefusal';
    this.status = status;
    this.error = error;
    this.more = more;
  }
}

/** What a call says cannot be taken, by the field that says it. */
export const invalid = (field: string, reason: string): ApiRefusal =>
  new ApiRefusal(422, 'invalid', `${field}: ${reason}`, { field, reason });
