import { Stryker } from '@stryker-mutator/core';

/** The rules by which deliveries change their state, are tried again and get their time. */
const RULES = ['delivery-states', 'fault-decision', 'planned-time', 'post-state'];
/** Of all small changes to them, at least this many percent must be noticed by their tests. */
const LEAST_SCORE = 85;

// Ends with 1 where fewer are noticed; those that are not are told with the change.
await new Stryker({
  mutate: RULES.map((name) => `src/server/features/publishing/${name}.rules.ts`),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.rules.config.ts', related: false },
  ignorePatterns: ['/bench', '/data', '/deploy', '/docs', '/e2e', '/faults', '/src/texts', '/src/web', '/test/servers'],
  tempDirName: 'node_modules/.cache/mutation',
  concurrency: 2,
  reporters: ['clear-text'],
  clearTextReporter: { reportTests: false },
  thresholds: { high: 100, low: LEAST_SCORE, break: LEAST_SCORE },
}).runMutationTest();
