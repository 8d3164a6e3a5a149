import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  capabilityNames,
  type Finding,
  holdToExpected,
  runConformance,
} from '#connectors/kit/testing/conformance/index.ts';
import { networks } from '#connectors/registry.manifests.ts';
import { drawPreview } from './draw-preview.ts';
import { findSubjects, openHouseParts, readExpected } from './index.ts';

const subjects = await findSubjects();
const { house, close } = openHouseParts(drawPreview);
afterAll(close);

test('every network of the registry goes through the suite, and is written down', () => {
  const names = Object.keys(networks).sort();
  expect(subjects.map(({ network }) => network).sort()).toEqual(names);
  expect(Object.keys(readExpected()).sort()).toEqual(names);
});

describe.each(subjects)('$network', ({ network, open }) => {
  const found = new Map<string, Finding>();
  beforeAll(async () => {
    const subject = await open();
    try {
      for (const finding of await runConformance(network, subject, { house })) found.set(finding.capability, finding);
    } finally {
      await subject.stop();
    }
  }, 300_000);

  test.each(capabilityNames)('%s', (capability) => {
    const { state, why } = found.get(capability) ?? { state: 'not tried', why: null };
    expect({ state, why }).toEqual({ state: readExpected()[network]?.[capability], why: null });
  });

  test('has nothing written down that the suite does not know', () => {
    expect(Object.keys(readExpected()[network] ?? {}).sort()).toEqual([...capabilityNames].sort());
  });
});

describe('what is written down', () => {
  const expected = { net: { connect: 'pass', correct: 'absent' } } as const;

  test('is kept by a run that finds just that', () => {
    expect(holdToExpected({ net: { connect: 'pass', correct: 'absent' } }, expected)).toEqual([]);
  });

  test.each([
    ['something fails', { net: { connect: 'fail', correct: 'absent' } }],
    ['something is missing', { net: { connect: 'absent', correct: 'absent' } }],
    ['something is there that should not be', { net: { connect: 'pass', correct: 'pass' } }],
    ['something is there that nobody wrote down', { net: { connect: 'pass', correct: 'absent', remove: 'pass' } }],
    ['something was not tried', { net: { connect: 'pass' } }],
    ['a network was not tried', {}],
    ['a network is there that nobody wrote down', { ...expected, other: {} }],
  ] as const)('is broken when %s', (_name, found) => {
    expect(holdToExpected(found as never, expected)).toHaveLength(1);
  });
});
