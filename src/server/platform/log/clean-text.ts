/** Takes credentials out of a text: those we know, and what looks like one. */
export function cleanText(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, HIDDEN);
  for (const [pattern, replacement] of lookLikeSecrets) clean = clean.replace(pattern, replacement);
  return clean;
}

const HIDDEN = '[hidden]';

const lookLikeSecrets: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic|dpop)\s+[\w.~+/=-]{6,}/gi, `$1 ${HIDDEN}`],
  // A JSON Web Token.
  [/\beyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g, HIDDEN],
  // The password in an address, and a query's or fragment's values that open something.
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${HIDDEN}@`],
  [/([?&#;](?:[\w-]*(?:token|secret|password|passwd|signature|key|code|sig|state))=)[^&#\s]+/gi, `$1${HIDDEN}`],
  [
    /(["']?\b[\w-]*(?:authorization|cookie|passwo?r?d|passphrase|token|secret|api_?key|private_?key|jwt)["']?\s*[:=]\s*)(["']?)[^\s"',;}]{4,}/gi,
    `$1$2${HIDDEN}`,
  ],
];
