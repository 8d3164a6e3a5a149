import type { Contract } from '#contract/index.ts';
import type { OperationName } from '#contract/operations.ts';
import { getOperation } from './find-operation.ts';

export type Detail = Record<string, string | number | boolean | null>;

/** What one line of the audit log says of a change: what it was done to, and safe particulars. */
export interface ChangeWords {
  subject: { kind: string; id: string } | null;
  detail: Detail;
}

/** What the things of a group are called, for subjects that only the answer names; null: the workspace itself. */
const nouns = {
  me: null,
  sessions: 'session',
  workspaces: null,
  members: 'person',
  invitations: 'invitation',
  apiKeys: 'apiKey',
  audit: null,
  operator: null,
  today: null,
  notices: null,
  objectives: 'objective',
  goals: 'goal',
  initiatives: 'initiative',
  channels: 'channel',
  reconnectLinks: 'reconnectLink',
  media: 'medium',
  uploads: 'upload',
  posts: 'post',
  deliveries: 'delivery',
  publishing: 'hold',
  analytics: 'goal',
  page: 'channel',
  onboarding: 'goal',
  practice: 'channel',
} as const satisfies Record<keyof Contract, string | null>;

/**
 * Fields that may stand in the audit log: closed lists, ids and numbers. What is not here is never written there, so
 * neither content nor a secret can be.
 */
const told = {
  input: [
    'role',
    'scopes',
    'days',
    'network',
    'channelId',
    'goalId',
    'objectiveId',
    'graceMinutes',
    'language',
    'zone',
  ],
  answer: ['state', 'role'],
} as const;

/** Fields of an input that say nothing about what was changed. */
const aside = ['workspaceId', 'revision'];

/** Says what an operation did, from its parsed input and from what its transaction gave back. */
export function shapeChange(operation: OperationName, input: unknown, result: unknown): ChangeWords {
  const { addressIds, method } = getOperation(operation);
  const given = asFields(input);
  const made = asFields(result);
  const noun = nouns[operation.split('.')[0] as keyof Contract];
  const inAddress = addressIds.filter((name) => name !== 'workspaceId').at(-1);
  const detail: Detail = {};
  for (const name of told.answer) addSafe(detail, name, made[name]);
  for (const name of told.input) if (!addressIds.includes(name)) addSafe(detail, name, given[name]);
  // Wall-clock time and zone of a plan.
  const at = asFields(given['at']);
  addSafe(detail, 'local', at['local']);
  addSafe(detail, 'zone', at['zone']);
  if (method === 'PATCH') {
    const changed = Object.keys(given).filter((name) => !addressIds.includes(name) && !aside.includes(name));
    addSafe(detail, 'changed', changed.filter((name) => given[name] !== undefined).sort());
  }
  const inAnswer = noun === null ? undefined : (made['id'] ?? asFields(made[noun])['id'] ?? made[`${noun}Id`]);
  if (inAddress !== undefined && typeof given[inAddress] === 'string')
    return { subject: { kind: inAddress.replace(/Id$/, ''), id: given[inAddress] }, detail };
  if (noun !== null && typeof inAnswer === 'string') return { subject: { kind: noun, id: inAnswer }, detail };
  return { subject: null, detail };
}

const asFields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function addSafe(detail: Detail, name: string, value: unknown): void {
  const words = Array.isArray(value) ? value.join(' ') : value;
  if (typeof words === 'number' || typeof words === 'boolean' || words === null) detail[name] = words;
  if (typeof words === 'string' && /^[\w .:/+-]{1,200}$/.test(words)) detail[name] = words;
}
