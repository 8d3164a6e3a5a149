/** One import that a wall must stop, in a file made for it. */
export type WallBreach = {
  /** The wall's name in `.dependency-cruiser.cjs`. */
  readonly wall: string;
  /** The file that reaches through the wall. Files of one name are one file with several lines. */
  readonly file: string;
  /** What it imports. */
  readonly imports: string;
  /** A file to make first, where what is imported may not be there in every version of the tree. */
  readonly needs?: string;
  /** That file's text, where it matters. */
  readonly needsText?: string;
};

const through = (wall: string, file: string, imports: string, needs?: string): WallBreach => ({
  wall,
  file,
  imports,
  ...(needs === undefined ? {} : { needs }),
});

const features = 'src/server/features';
const network = 'src/connectors/breach';

/** Every wall at least once; `npm run breaches` fails when one of the walls is not in this list. */
export const wallBreaches: readonly WallBreach[] = [
  {
    wall: 'no-cycles',
    file: 'src/server/platform/breach-one.ts',
    imports: './breach-other.ts',
    needs: 'src/server/platform/breach-other.ts',
    needsText: "export * from './breach-one.ts';\n",
  },
  through('no-unresolvable', `${features}/team/breach-nowhere.ts`, './not-there.ts'),
  through('no-undeclared-package', `${features}/team/breach-undeclared.ts`, 'acorn'),
  through('what-ships-needs-no-development-package', `${features}/team/breach-dev.ts`, 'fast-check'),
  through('tests-stay-out-of-what-ships', `${features}/team/breach-test.ts`, '#test/database.ts'),
  through(
    'tests-stay-out-of-what-ships',
    `${features}/team/breach-makers.ts`,
    './testing.ts',
    `${features}/team/testing.ts`,
  ),

  through('contract-knows-no-room', 'src/contract/breach-kit.ts', '#connectors/kit/contract.ts'),
  through('contract-knows-zod-and-orpc-only', 'src/contract/breach-package.ts', 'hono'),
  through('format-knows-no-room', 'src/format/breach-contract.ts', '#contract/ids.ts'),
  through('pure-rooms-touch-no-machine', 'src/contract/breach-machine.ts', 'node:fs'),
  through('pure-rooms-touch-no-machine', 'src/format/breach-machine.ts', 'node:fs'),
  through('pure-rooms-touch-no-machine', `${network}/manifest.ts`, 'node:fs'),
  through('pure-rooms-touch-no-machine', 'src/connectors/kit/rules/breach-machine.ts', 'node:fs'),
  through('pure-rooms-touch-no-machine', `${features}/team/breach-machine.rules.ts`, 'node:fs'),
  through(
    'rules-are-pure',
    `${features}/team/breach-store.rules.ts`,
    './breach-store.ts',
    `${features}/team/breach-store.ts`,
  ),
  through('rules-are-pure', `${features}/team/breach-package.rules.ts`, 'hono'),
  through('rules-know-no-database-type', `${features}/team/breach-database.rules.ts`, '#server/platform/db/index.ts'),
  through('kit-rules-are-pure', 'src/connectors/kit/rules/breach-package.ts', 'hono'),
  through('kit-rules-are-pure', 'src/connectors/kit/rules/breach-http.ts', '../http.ts'),
  through('manifests-are-facts', `${network}/manifest.ts`, './publish.ts', `${network}/publish.ts`),

  through('slice-only-through-its-door', `${features}/publishing/breach-door.ts`, '../channels/channel-store.ts'),
  through(
    'slice-only-through-its-door-from-outside',
    'src/server/entry/breach-door.ts',
    '#server/features/channels/channel-store.ts',
  ),
  through(
    'inner-room-only-through-its-door',
    `${features}/strategy/breach-inner.ts`,
    './breach/verb.ts',
    `${features}/strategy/breach/verb.ts`,
  ),
  through(
    'inner-room-only-through-its-door',
    `${features}/strategy/breach-two/verb.ts`,
    '../breach/verb.ts',
    `${features}/strategy/breach/verb.ts`,
  ),
  through('slices-know-lower-levels-only-0', `${features}/team/breach-up.ts`, '../channels/index.ts'),
  through(
    'slices-know-lower-levels-only-1',
    `${features}/channels/breach-up.ts`,
    '../publishing/index.ts',
    `${features}/publishing/index.ts`,
  ),
  through(
    'slices-know-lower-levels-only-1',
    `${features}/channels/breach-sideways.ts`,
    '../strategy/index.ts',
    `${features}/strategy/index.ts`,
  ),
  through(
    'slices-know-lower-levels-only-2',
    `${features}/publishing/breach-sideways.ts`,
    '../page/index.ts',
    `${features}/page/index.ts`,
  ),
  through(
    'slices-know-lower-levels-only-3',
    `${features}/analytics/breach-up.ts`,
    '../today/index.ts',
    `${features}/today/index.ts`,
  ),
  through(
    'slices-know-lower-levels-only-4',
    `${features}/notices/breach-sideways.ts`,
    '../onboarding/index.ts',
    `${features}/onboarding/index.ts`,
  ),
  through(
    'slices-know-lower-levels-only-5',
    `${features}/today/breach-sideways.ts`,
    '../coach/index.ts',
    `${features}/coach/index.ts`,
  ),
  through('every-slice-has-a-level', `${features}/nowhere/index.ts`, '#contract/ids.ts'),
  through('platform-knows-no-feature', 'src/server/platform/breach-feature.ts', '#server/features/channels/index.ts'),
  through(
    'platform-knows-the-kit-alone',
    'src/server/platform/breach-network.ts',
    '#connectors/breach/publish.ts',
    `${network}/publish.ts`,
  ),
  through('features-know-no-entry', `${features}/team/breach-entry.ts`, '#server/entry/breach-door.ts'),
  through(
    'server-sees-no-web',
    `${features}/team/breach-web.ts`,
    '#connectors/breach/web/preview.tsx',
    `${network}/web/preview.tsx`,
  ),
  through('sql-lives-in-stores', `${features}/team/breach-sql.ts`, 'kysely'),
  through('sql-lives-in-stores', 'src/server/entry/breach-sql.ts', 'pg'),
  through('cli-speaks-the-contract', 'src/cli/breach-server.ts', '#server/features/channels/index.ts'),
  through('cli-speaks-the-contract', 'src/cli/breach-operate.ts', '#server/entry/operate/migrate.ts'),
  through('the-practice-network-is-a-stranger', 'src/practice/breach-contract.ts', '#contract/index.ts'),
  through(
    'only-a-command-starts-the-practice-network',
    'src/connectors/practice/breach-network.ts',
    '../../practice/index.ts',
  ),

  through(
    'connectors-know-kit-family-and-contract-only',
    `${network}/breach-server.ts`,
    '#server/platform/db/index.ts',
  ),
  through('connectors-know-kit-family-and-contract-only', `${network}/breach-network.ts`, '../page/index.ts'),
  through('connectors-touch-no-machine', `${network}/breach-machine.ts`, 'node:http'),
  through('connectors-bring-no-http-or-database', `${network}/breach-http.ts`, 'undici'),
  through(
    'families-know-kit-and-contract-only',
    'src/connectors/families/breach/breach-network.ts',
    '../../page/index.ts',
  ),
  through('kit-knows-no-network', 'src/connectors/kit/breach-network.ts', '../page/index.ts'),
  through(
    'only-channels-and-entry-open-the-registry',
    `${features}/team/breach-registry.ts`,
    '#connectors/registry.ts',
    'src/connectors/registry.ts',
  ),

  through(
    'web-sees-manifests-and-web-parts-only',
    'src/web/lib/breach-server.ts',
    '#server/features/channels/index.ts',
  ),
  through('web-sees-manifests-and-web-parts-only', 'src/web/lib/breach-publish.ts', '#connectors/page/publish.ts'),
  through(
    'web-sees-manifests-and-web-parts-only',
    `${network}/web/breach-publish.tsx`,
    '../publish.ts',
    `${network}/publish.ts`,
  ),
  through(
    'web-features-apart',
    'src/web/features/breach/list.tsx',
    '../breach-other/list.tsx',
    'src/web/features/breach-other/list.tsx',
  ),
  through(
    'ui-knows-no-feature',
    'src/web/ui/breach-feature.tsx',
    '../features/breach-other/list.tsx',
    'src/web/features/breach-other/list.tsx',
  ),
  through('web-runs-in-browsers', 'src/web/lib/breach-machine.ts', 'node:fs'),
];
