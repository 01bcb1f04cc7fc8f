/** The house's layers, as rules for dependency-cruiser. `layers.test.ts` proves that each of them bites. */
const noun = '^src/(people|station|branch|channels)/([^/]+)/';
const pure = '^src/(kernel|workflow)/|/(rules|policy|schema|present)\\.tsx?$';

module.exports = {
  forbidden: [
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/', pathNot: '^src/kernel/' },
    },
    {
      name: 'workflow-looks-down',
      severity: 'error',
      from: { path: '^src/workflow/' },
      to: { path: '^src/', pathNot: '^src/(kernel|workflow)/|^src/errors\\.ts$' },
    },
    {
      name: 'platform-looks-down',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(kernel|workflow|platform)/|^src/(errors|wording)\\.ts$' },
    },
    {
      name: 'people-look-down',
      severity: 'error',
      from: { path: '^src/people/' },
      to: { path: '^src/', pathNot: '^src/(kernel|workflow|platform|people)/|^src/(errors|wording)\\.ts$' },
    },
    {
      name: 'wings-do-not-meet',
      severity: 'error',
      from: { path: '^src/(station|branch|channels)/' },
      to: {
        path: '^src/',
        pathNot: '^src/(kernel|workflow|platform|people|$1)/|^src/(errors|wording)\\.ts$',
      },
    },
    {
      name: 'nouns-by-the-door',
      severity: 'error',
      from: { path: noun },
      to: { path: noun, pathNot: '^src/$1/$2/|/index\\.ts$' },
    },
    {
      name: 'nouns-by-the-door-from-above',
      severity: 'error',
      from: { path: '^src/[^/]+\\.tsx?$|^src/cli/' },
      to: { path: noun, pathNot: '/index\\.ts$' },
    },
    {
      name: 'pure-stays-pure',
      severity: 'error',
      from: { path: pure },
      to: {
        path: '^(koa|@koa/.*|knex|pg|sqlite3|pdfkit|fs|fs/promises)$|node_modules/(koa|@koa|knex|pg|sqlite3|pdfkit)/|^src/platform/(db|http|jobs|pdf)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-looks-down',
      severity: 'error',
      from: { path: '/(store|search)\\.ts$' },
      to: { path: '/(commands|commands/.*|routes|pages|pages/.*|queries)\\.tsx?$' },
    },
    {
      name: 'commands-know-no-http',
      severity: 'error',
      from: { path: '^src/(people|station|branch|channels)/[^/]+/(commands|queries|store)' },
      to: { path: 'node_modules/(koa|@koa)/|^src/platform/(http|web)/' },
    },
    {
      name: 'routes-touch-no-db',
      severity: 'error',
      from: { path: '^src/(people|station|branch|channels)/.+/(routes|pages)(\\.tsx?$|/)' },
      to: {
        path: 'node_modules/knex/|/(store|search)\\.ts$|^src/platform/db/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-home-for-drivers',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/db/connection\\.ts$' },
      to: { path: 'node_modules/(pg|sqlite3)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
};
