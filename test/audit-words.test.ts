import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { OperationName } from '#contract/operations.ts';
import { policy } from '#contract/policy.ts';
import { languages } from '#contract/terms.ts';
import { auditHearers } from '#server/features/team/audit/facts.ts';
import { isRecorded } from '#server/platform/http/index.ts';

const operations = (Object.keys(policy) as OperationName[]).filter(isRecorded);
const actions = [...operations, ...auditHearers.map(({ kind }) => kind)];

it.for(languages)('every change that the audit log may hold has words in %s', (language) => {
  const file = path.join(import.meta.dirname, `../src/texts/${language}/web.json`);
  const { audit } = JSON.parse(readFileSync(file, 'utf8')) as {
    audit: { actions: Record<string, Record<string, string>> };
  };
  const known = Object.entries(audit.actions).flatMap(([group, verbs]) =>
    Object.keys(verbs).map((verb) => `${group}.${verb}`),
  );
  expect(known.toSorted()).toEqual(actions.toSorted());
});
