import { refuse, refuseField } from '../context/index.ts';
import { passwordLength } from './make-engine.ts';

/**
 * The one place where the sign-in library's errors become refusals of ours. A code that is not here is a bug of ours:
 * it is thrown as such.
 */
export function refuseForEngine(status: number, code: string | undefined): never {
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'CREDENTIAL_ACCOUNT_NOT_FOUND':
      return refuse('sign-in-refused');
    case 'PASSWORD_TOO_SHORT':
      return refusePassword('password');
    case 'PASSWORD_TOO_LONG':
      return refuseField('password', 'too-long', { max: passwordLength.max });
    case 'INVALID_EMAIL':
      return refuseField('email', 'not-an-email');
    case 'UNAUTHORIZED':
    case 'SESSION_EXPIRED':
    case 'SESSION_NOT_FRESH':
      return refuse('signed-out');
    default:
      throw new Error(`sign-in answered ${status} ${code ?? 'without a code'}`);
  }
}

/** Refuses a new password that is too short or too long; `field` is where it stands in the call. */
export function assertPasswordFits(field: string, password: string): void {
  if (password.length < passwordLength.min) refusePassword(field);
  if (password.length > passwordLength.max) refuseField(field, 'too-long', { max: passwordLength.max });
}

function refusePassword(field: string): never {
  const params = { min: passwordLength.min };
  return refuse('password-too-weak', { params, problems: [{ field, code: 'too-short', params }] });
}
