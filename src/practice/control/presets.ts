import { answerShapes, emptyForms, limitForms, Misbehaviour } from '../orders.ts';

/** Every way of going wrong with its usual settings, by the name under which a person chooses it. */
export const presets: ReadonlyMap<string, Misbehaviour> = new Map(
  [
    { kind: 'slow' },
    ...limitForms.map((form) => ({ kind: 'rate-limit', form })),
    { kind: 'fail-before' },
    { kind: 'fail-after' },
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'reset-in-answer' },
    { kind: 'credential-expired' },
    { kind: 'permission-missing' },
    { kind: 'barred' },
    { kind: 'blocked-after' },
    ...['with-id', 'without-id', 'someone-elses'].map((form) => ({ kind: 'duplicate', form })),
    ...['live', 'failed'].map((ends) => ({ kind: 'processing', ends })),
    { kind: 'media-not-ready' },
    { kind: 'cut-upload' },
    ...emptyForms.map((form) => ({ kind: 'empty-answer', form })),
    ...answerShapes.map((shape) => ({ kind: 'changed-answer', shape })),
  ].map((written) => {
    const misbehaviour = Misbehaviour.parse(written);
    return [nameMisbehaviour(misbehaviour), misbehaviour];
  }),
);

/** `rate-limit: day`, `slow`: the kind and, where it has some, the form. */
export function nameMisbehaviour(it: Misbehaviour): string {
  switch (it.kind) {
    case 'rate-limit':
    case 'duplicate':
    case 'empty-answer':
      return `${it.kind}: ${it.form}`;
    case 'processing':
      return `${it.kind}: ${it.ends}`;
    case 'changed-answer':
      return `${it.kind}: ${it.shape}`;
    default:
      return it.kind;
  }
}
