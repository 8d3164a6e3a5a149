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
