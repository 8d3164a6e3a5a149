import { cleanError } from './clean-error.ts';
import { cleanText } from './clean-text.ts';

/**
 * Fields of a line. The allow-list is by name: what ends in a unit or in `Id`, and the words in `allowedWords`. Any other
 * field is left out and its name is put into `dropped`.
 */
export type LogFields = Readonly<Record<string, unknown>>;

/** The fields that may be logged, with secrets taken out of their texts. */
export function cleanFields(fields: LogFields, secrets: readonly string[]): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err' || name === 'error' || name === 'cause') clean['err'] = cleanError(value, secrets);
    else if (isAllowed(name)) clean[name] = cleanValue(value, secrets);
    else dropped.push(name);
  }
  if (dropped.length > 0) clean['dropped'] = dropped;
  return clean;
}

const allowedWords = new Set(
  [
    'account address attempt attempts channel code connector count crashPoint cron detail dropped event fact facts fault',
    'feed file folder from freeMb',
    'health host hub job jobs kind language late lease level line method migration name network node on operation overdue part path',
    'permission phase pid pids platform port postgres queue reached reason reasons remote restarts retry role roles route rows',
    'scope server setting settings signal size slice state states status step steps table tables text to url version',
    'wanted what when where why worker workers zone',
  ]
    .join(' ')
    .split(' '),
);

const allowedEndings = /(?:Id|Ids|Ms|Bytes|Count|At|On|Name|Names|Code|Kind|State|Version|Zone|Px)$/;

/** Names whose ending is allowed but whose value opens a door. */
const neverAllowed = /^(?:session|token|secret|cookie|nonce|state|password|credential|access)(?:Id|Ids|Code|State)$/i;

function isAllowed(name: string): boolean {
  return allowedWords.has(name) || (allowedEndings.test(name) && !neverAllowed.test(name));
}

function cleanValue(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value.length > 2_000 ? `${value.slice(0, 2_000)}…` : value, secrets);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return cleanText(value.href, secrets);
  if (Array.isArray(value) && depth < 2) return value.slice(0, 50).map((item) => cleanValue(item, secrets, depth + 1));
  // Objects bring fields nobody has looked at.
  return '[object]';
}
