import { cleanText } from './clean-text.ts';

/** An error as it may be logged: name, message, code, stack and causes; nothing else that hangs on it. */
export function cleanError(error: unknown, secrets: readonly string[], depth = 0): unknown {
  if (!(error instanceof Error)) return cleanText(String(error), secrets).slice(0, 2_000);
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : null;
  return {
    name: error.name,
    message: cleanText(error.message, secrets).slice(0, 2_000),
    ...(code === null ? {} : { code }),
    ...(error.stack ? { stack: cleanText(error.stack, secrets).slice(0, 8_000) } : {}),
    ...(error.cause === undefined || depth >= 4 ? {} : { cause: cleanError(error.cause, secrets, depth + 1) }),
  };
}
