import { type DestinationStream, pino, stdTimeFunctions } from 'pino';
import { cleanFields, type LogFields } from './clean-fields.ts';
import { cleanText } from './clean-text.ts';
import { makePrettyStream } from './pretty-stream.ts';

/**
 * What the whole house logs through: fields first, then what happened in words without values. Only fields of the
 * allow-list come through, and texts are searched for secrets, so a careless line loses a field and leaks nothing.
 */
export interface Log {
  trace(fields: LogFields, message: string): void;
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  fatal(fields: LogFields, message: string): void;
  /** A log whose every line carries these fields. */
  child(fields: LogFields): Log;
}

export interface LogOptions {
  /** Null: `info`, or `warn` when lines are for people, who want to hear what is wrong and not of every call. */
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent' | null;
  /** Lines for people instead of JSON. */
  pretty?: boolean;
  /** Values that must never stand in a line, wherever they come from: keys, passwords of the settings. */
  secrets?: readonly string[];
  /** Where lines go; standard output when absent. */
  to?: { write(line: string): void };
}

/** Makes the log of a process. */
export function createLog({ level, pretty = false, secrets = [], to = process.stdout }: LogOptions): Log {
  const destination: DestinationStream = pretty ? makePrettyStream(to) : to;
  const root = pino(
    {
      level: level ?? (pretty ? 'warn' : 'info'),
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Errors arrive here already cleaned; pino's own serializer would rewrite them.
      serializers: { err: (error) => error },
    },
    destination,
  );
  // Very short values would blank out ordinary words.
  const hidden = secrets.filter((secret) => secret.length >= 6);
  return wrap(root, hidden);
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

function wrap(inner: pino.Logger, secrets: readonly string[]): Log {
  const at =
    (level: (typeof levels)[number]) =>
    (fields: LogFields, message: string): void => {
      if (inner.isLevelEnabled(level)) inner[level](cleanFields(fields, secrets), cleanText(message, secrets));
    };
  return {
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: (fields) => wrap(inner.child(cleanFields(fields, secrets)), secrets),
  };
}
