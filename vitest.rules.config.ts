import { defineConfig } from 'vitest/config';

/** The tests of publishing's rules alone, without databases and servers: what mutation testing runs again and again. */
export default defineConfig({
  test: { include: ['src/server/features/publishing/*.rules.test.ts'], setupFiles: ['test/fail-on-console.ts'] },
});
