import { afterAll, beforeAll, expect, test } from 'vitest';
import { capabilityNames, type OpenSubject, runConformance } from '#connectors/kit/testing/conformance/index.ts';
import { subject } from '#connectors/practice/testing.ts';
import { defects } from './defects.ts';
import { drawPreview } from './draw-preview.ts';
import { openHouseParts } from './index.ts';

// The suite is a guard, and a guard must be able to fail: each capability meets a connector that does not keep it.

const { house, close } = openHouseParts(drawPreview);
let open: OpenSubject;
beforeAll(async () => {
  open = await subject.open();
});
afterAll(async () => {
  await open?.stop();
  await close();
});

test('every capability has a connector that fails it', () => {
  expect([...new Set(defects.map(({ capability }) => capability))].sort()).toEqual([...capabilityNames].sort());
});

test.each(defects)('$capability does not survive $about', async ({ capability, of, house: change }) => {
  const broken = { ...open, kinds: ['keyed'], connector: of(open.connector) };
  const [finding] = await runConformance('practice', broken, {
    house: change ? change(house) : house,
    only: [capability],
  });
  expect(finding?.state).toBe('fail');
});
