// The walls between rooms, as docs/architecture.md tells them. `npm run check` holds them and
// `npm run breaches` breaks each one once to see that it is held.

/** The slices of src/server/features, lowest first: each may know only those of the levels before its own. */
const LEVELS = [
  ['team'],
  ['strategy', 'channels', 'media', 'customers', 'links'],
  ['publishing', 'board', 'inbox', 'listening', 'page', 'documents'],
  ['ads', 'analytics'],
  ['notices', 'onboarding', 'operator'],
  ['coach', 'today'],
];

const TEST = '\\.test\\.tsx?$';
const MAKERS = '/testing(\\.ts$|/)';
const PURE = [
  '^src/contract/',
  '^src/format/',
  '^src/connectors/kit/rules/',
  '^src/connectors/[^/]+/(manifest|[^/]+\\.rules)\\.ts$',
  '^src/server/features/.+\\.rules\\.ts$',
];
/** The only places where SQL is written. */
const SQL = [
  '^src/server/platform/(db|jobs|auth|clock|backup)/',
  '^src/server/.+-store\\.ts$',
  '^src/server/features/.+/tables\\.ts$',
];

const downhill = LEVELS.map((slices, level) => ({
  name: `slices-know-lower-levels-only-${level}`,
  comment: 'Sideways or upwards a slice announces a fact, or is told what it must know.',
  severity: 'error',
  from: { path: `^src/server/features/(${slices.join('|')})/` },
  to: { path: `^src/server/features/(${LEVELS.slice(level).flat().join('|')})/`, pathNot: '^src/server/features/$1/' },
}));

const wall = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    wall('no-cycles', {}, { circular: true }),
    wall('no-unresolvable', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
    wall('no-undeclared-package', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    wall(
      'what-ships-needs-no-development-package',
      { path: '^src/', pathNot: [TEST, MAKERS] },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'tests-stay-out-of-what-ships',
      { path: '^src/', pathNot: [TEST, MAKERS] },
      { path: ['^(test|e2e|tools|bench|faults)/', TEST, MAKERS] },
    ),

    // Contract and other pure rooms
    wall('contract-knows-no-room', { path: '^src/contract/' }, { path: '^src/', pathNot: '^src/contract/' }),
    wall(
      'contract-knows-zod-and-orpc-only',
      { path: '^src/contract/', pathNot: TEST },
      { path: 'node_modules/', pathNot: 'node_modules/(zod|@orpc/contract)/' },
    ),
    wall('format-knows-no-room', { path: '^src/format/', pathNot: TEST }, { path: '^src/', pathNot: '^src/format/' }),
    wall('pure-rooms-touch-no-machine', { path: PURE, pathNot: TEST }, { dependencyTypes: ['core'] }),
    wall(
      'rules-are-pure',
      { path: '^src/server/features/.+\\.rules\\.ts$' },
      { path: ['node_modules/(?!zod/)', '^src/server/platform/', '-store\\.ts$'], dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'rules-know-no-database-type',
      { path: '^src/server/features/.+\\.rules\\.ts$' },
      { path: ['^src/server/platform/db/', 'node_modules/(kysely|pg)/'] },
    ),
    wall(
      'kit-rules-are-pure',
      { path: '^src/connectors/kit/rules/', pathNot: TEST },
      { path: ['^src/', 'node_modules/(?!zod/)'], pathNot: '^src/(contract|connectors/kit/(rules/|manifest\\.ts$))' },
    ),
    wall(
      'manifests-are-facts',
      { path: '^src/connectors/[^/]+/manifest\\.ts$' },
      { path: ['^src/', 'node_modules/(?!zod/)'], pathNot: '^src/(contract|connectors/kit)/' },
    ),

    // Server
    wall(
      'slice-only-through-its-door',
      { path: '^src/server/features/([^/]+)/' },
      {
        path: '^src/server/features/',
        pathNot: ['^src/server/features/$1/', '^src/server/features/[^/]+/(index|testing)\\.ts$'],
      },
    ),
    wall(
      'slice-only-through-its-door-from-outside',
      { path: '^src/(?!server/features/)' },
      { path: '^src/server/features/', pathNot: '^src/server/features/[^/]+/(index|testing)\\.ts$' },
    ),
    wall(
      'inner-room-only-through-its-door',
      { path: '^src/server/features/([^/]+)/([^/]+)' },
      {
        path: '^src/server/features/$1/[^/]+/',
        pathNot: ['^src/server/features/$1/$2/', '^src/server/features/$1/[^/]+/(index|testing)\\.ts$'],
      },
    ),
    ...downhill,
    wall(
      'every-slice-has-a-level',
      { path: `^src/server/features/(?!(${LEVELS.flat().join('|')})/)` },
      {},
      'Name the new slice in LEVELS above.',
    ),
    wall(
      'platform-knows-no-feature',
      { path: '^src/server/platform/' },
      { path: '^src/(server/(features|entry)|web|cli)/' },
    ),
    wall(
      'platform-knows-the-kit-alone',
      { path: '^src/server/platform/' },
      { path: '^src/connectors/', pathNot: '^src/connectors/kit/' },
    ),
    wall('features-know-no-entry', { path: '^src/server/features/' }, { path: '^src/(server/entry|web|cli)/' }),
    wall('server-sees-no-web', { path: '^src/(server|cli)/' }, { path: ['^src/web/', '^src/connectors/[^/]+/web/'] }),
    wall(
      'sql-lives-in-stores',
      { path: '^src/', pathNot: [...SQL, TEST, MAKERS] },
      { path: 'node_modules/(kysely|pg|pg-boss)/' },
    ),
    wall(
      'cli-speaks-the-contract',
      { path: '^src/cli/' },
      { path: '^src/', pathNot: ['^src/(cli|contract|format)/', '^src/server/entry/operate/index\\.ts$'] },
      'What runs beside the server is reached through its one door.',
    ),
    wall(
      'the-practice-network-is-a-stranger',
      { path: '^src/practice/', pathNot: TEST },
      { path: '^src/', pathNot: '^src/practice/' },
      'It stands for a network of somebody else: it shares no code with what calls it.',
    ),
    wall(
      'only-a-command-starts-the-practice-network',
      { path: '^src/', pathNot: '^src/(practice|server/entry)/' },
      { path: '^src/practice/' },
    ),

    // Connectors
    wall(
      'connectors-know-kit-family-and-contract-only',
      { path: '^src/connectors/(?!kit/|families/)([^/]+)/' },
      { path: '^src/', pathNot: ['^src/(contract|format)/', '^src/connectors/(kit|families|$1)/'] },
    ),
    wall(
      'connectors-touch-no-machine',
      { path: '^src/connectors/', pathNot: [TEST, MAKERS] },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
      'A connector is given an http client, a clock and a logger.',
    ),
    wall(
      'connectors-bring-no-http-or-database',
      { path: '^src/connectors/', pathNot: TEST },
      { path: 'node_modules/(undici|hono|@hono|pg|kysely|pg-boss|pino|better-auth)/' },
    ),
    wall(
      'families-know-kit-and-contract-only',
      { path: '^src/connectors/families/([^/]+)/' },
      { path: '^src/', pathNot: ['^src/contract/', '^src/connectors/kit/', '^src/connectors/families/$1/'] },
    ),
    wall(
      'kit-knows-no-network',
      { path: '^src/connectors/kit/' },
      { path: '^src/', pathNot: '^src/(contract|connectors/kit)/' },
    ),
    wall(
      'only-channels-and-entry-open-the-registry',
      { path: '^(src|tools)/', pathNot: ['^src/server/(features/channels|entry)/', TEST] },
      { path: '^src/connectors/registry\\.ts$' },
    ),

    // Web
    wall(
      'web-sees-manifests-and-web-parts-only',
      { path: ['^src/web/', '^src/connectors/[^/]+/web/'] },
      {
        path: '^src/',
        pathNot: [
          '^src/(web|contract|format|texts)/',
          '^src/connectors/registry\\.manifests\\.ts$',
          '^src/connectors/kit/(rules/|manifest\\.ts$|preview\\.ts$)',
          '^src/connectors/[^/]+/(manifest\\.ts$|[^/]+\\.rules\\.ts$|web/|texts/)',
        ],
      },
    ),
    wall(
      'web-features-apart',
      { path: '^src/web/features/([^/]+)/' },
      { path: '^src/web/(app|features)/', pathNot: '^src/web/features/$1/' },
    ),
    wall('ui-knows-no-feature', { path: '^src/web/(ui|lib)/' }, { path: '^src/web/(app|features)/' }),
    wall(
      'web-runs-in-browsers',
      { path: ['^src/web/', '^src/connectors/[^/]+/web/'], pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test/servers|bench/lighthouse)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
