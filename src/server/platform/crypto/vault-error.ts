/** Why the vault did not open something. `key-unknown` and `key-unreadable` are for the operator to mend. */
export type VaultErrorCode = 'key-unknown' | 'key-unreadable' | 'tampered' | 'malformed';

/** Thrown when a sealed value does not open. The message never holds any part of the value. */
export class VaultError extends Error {
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'VaultError';
    this.code = code;
  }
}
