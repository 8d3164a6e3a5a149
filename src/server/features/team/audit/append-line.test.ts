import { expect, test } from 'vitest';
import { hashLine } from './append-line.ts';
import type { AuditLine } from './audit-line.rules.ts';

const line: AuditLine = {
  workspaceId: '11111111-1111-4111-8111-111111111111',
  number: 2,
  at: new Date('2026-11-22T08:00:00Z'),
  byKind: 'person',
  personId: 'mali',
  keyId: null,
  action: 'goals.create',
  subjectKind: 'goal',
  subjectId: '22222222-2222-4222-8222-222222222222',
  detail: {},
  factId: null,
};

test('a line’s hash is one over the line before it as well: who changes one must change all that follow', () => {
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  expect(hashLine(one, line)).toBe(hashLine(one, { ...line }));
  expect(hashLine(other, line)).not.toBe(hashLine(one, line));
  expect(hashLine('', line)).not.toBe(hashLine(one, line));
});

test('a line’s hash is another one for every change of it', () => {
  const changed: Partial<AuditLine>[] = [
    { number: 3 },
    { at: new Date('2026-11-22T08:00:00.001Z') },
    { personId: 'tho' },
    { byKind: 'key', keyId: '33333333-3333-4333-8333-333333333333' },
    { action: 'goals.update' },
    { subjectId: null },
    { detail: { role: 'owner' } },
    { workspaceId: '44444444-4444-4444-8444-444444444444' },
  ];
  const hashes = [{}, ...changed].map((change) => hashLine('', { ...line, ...change }));
  expect(new Set(hashes).size).toBe(changed.length + 1);
});
