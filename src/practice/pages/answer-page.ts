import type { Answer } from '../answer.ts';

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A page without a script, and with no leave to run one. */
export const answerPage = (status: number, body: string): Answer => ({
  status,
  headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' },
  body,
});

export const pageHeaders = {
  'content-security-policy': policy,
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
