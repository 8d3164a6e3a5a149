import type { z } from 'zod';
import type { FieldProblem } from '#contract/refusals.ts';

type Issue = z.core.$ZodIssue;

/** What zod found, as problems of ours. `raw` is the input as it came: it tells what is missing from what is wrong. */
export function findProblems(issues: readonly Issue[], raw: unknown): FieldProblem[] {
  return issues.flatMap((issue): FieldProblem[] => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, code: 'unknown-field' }));
    const value = issue.path.reduce<unknown>((at, key) => (isGroup(at) ? at[String(key)] : undefined), raw);
    return [{ field, ...judge(issue, value) }];
  });
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

type Judgement = Omit<FieldProblem, 'field'>;

function judge(issue: Issue, value: unknown): Judgement {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return { code: 'required' };
      return { code: wrongType[issue.expected] ?? 'invalid' };
    case 'too_small': {
      if (issue.origin === 'string' && typeof value === 'string' && value.trim() === '') return { code: 'required' };
      return { code: tooSmall[issue.origin] ?? 'invalid', params: { min: Number(issue.minimum) } };
    }
    case 'too_big':
      return { code: tooBig[issue.origin] ?? 'invalid', params: { max: Number(issue.maximum) } };
    case 'invalid_value':
      if (value === undefined) return { code: 'required' };
      return { code: 'not-a-choice', params: { choices: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      if (issue.format === 'regex' && issue.pattern?.includes('T\\d{2}')) return { code: 'not-a-local-time' };
      return { code: wrongFormat[issue.format] ?? 'malformed' };
    case 'not_multiple_of':
      return { code: 'not-a-whole-number' };
    default:
      return { code: value === undefined ? 'required' : 'invalid' };
  }
}

const wrongType: Record<string, string> = {
  string: 'not-a-text',
  number: 'not-a-number',
  int: 'not-a-whole-number',
  boolean: 'not-yes-or-no',
  array: 'not-a-list',
  object: 'not-an-object',
  record: 'not-an-object',
  file: 'not-a-file',
};
const tooSmall: Record<string, string> = {
  string: 'too-short',
  number: 'too-small',
  int: 'too-small',
  array: 'too-few',
};
const tooBig: Record<string, string> = { string: 'too-long', number: 'too-large', int: 'too-large', array: 'too-many' };
const wrongFormat: Record<string, string> = {
  email: 'not-an-email',
  url: 'not-an-address',
  uuid: 'not-an-id',
  date: 'not-a-date',
  datetime: 'not-an-instant',
};
