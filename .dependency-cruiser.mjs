/**
 * Import boundaries, by pattern: a new feature is guarded from its first file. Type-only imports count too.
 * What each rule keeps is told in docs/ARCHITECTURE.md.
 */

const test = '\\.(test|story)\\.tsx?$';
const screens = '(^|/)(web|mobile)/|\\.web\\.tsx?$|^web-kit/|^apps/(desk-web|yard-phone|citizen-phone)/';

/** @type {import('dependency-cruiser').IConfiguration} */
const configuration = {
  forbidden: [
    {
      name: 'kernel-knows-no-business',
      comment: 'kernel/ carries every area and may therefore know none.',
      severity: 'error',
      from: { path: '^kernel/', pathNot: test },
      to: { path: '^(practices|areas|connectors|apps|web-kit|testkit|tools|e2e|bench)/' },
    },
    {
      name: 'practices-know-no-area',
      comment: 'A practice is told by a profile; it never asks an area.',
      severity: 'error',
      from: { path: '^practices/', pathNot: test },
      to: { path: '^(areas|connectors|apps|testkit|tools|e2e|bench)/' },
    },
    {
      name: 'connectors-know-no-area',
      comment: 'A connector says what an outside system speaks; areas translate in their answers.',
      severity: 'error',
      from: { path: '^connectors/', pathNot: test },
      to: { path: '^(areas|apps|testkit|tools|e2e|bench)/' },
    },
    {
      name: 'areas-are-islands',
      comment: 'Other areas are reached by what they offer and by events.',
      severity: 'error',
      from: { path: '^areas/([^/]+)/', pathNot: test },
      to: { path: '^areas/', pathNot: '^areas/$1/' },
    },
    {
      name: 'features-meet-by-their-model',
      comment: 'Of another feature only its model/ may be imported.',
      severity: 'error',
      from: { path: '^areas/([^/]+)/([^/]+)/', pathNot: test },
      to: { path: '^areas/$1/[^/]+/(server|web|mobile)/', pathNot: '^areas/$1/$2/' },
    },
    {
      name: 'areas-know-no-app',
      comment: 'Programs put areas together, never the other way round.',
      severity: 'error',
      from: { path: '^(areas|web-kit)/', pathNot: test },
      to: { path: '^(apps|testkit|tools|e2e|bench)/' },
    },
    {
      name: 'model-is-pure',
      comment: 'model/ runs on both sides: no server, no screen.',
      severity: 'error',
      from: { path: '(^|/)model/', pathNot: test },
      to: { path: '(^|/)(server|web|mobile)/|^web-kit/|^kernel/(db|crypto|files)/|\\.(store|migration)\\.ts$' },
    },
    {
      name: 'model-needs-no-machine',
      comment: 'model/ has no database, no network, no files, no screen library.',
      severity: 'error',
      from: { path: '(^|/)model/', pathNot: test },
      to: { path: 'node_modules/(pg|kysely|fastify|@fastify|react|react-dom|antd|antd-mobile)/' },
    },
    {
      name: 'model-needs-no-node',
      comment: 'model/ runs in the browser as well.',
      severity: 'error',
      from: { path: '(^|/)model/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-never-touch-the-server',
      comment: 'A screen knows the contract and nothing behind it.',
      severity: 'error',
      from: { path: screens, pathNot: test },
      to: { path: '(^|/)server/|^kernel/(db|crypto|audit|files|jobs|log)/|\\.(store|migration)\\.ts$' },
    },
    {
      name: 'sql-in-stores-only',
      comment: 'Who writes SQL decides whether the database can be changed: *.store.ts and kernel/db.',
      severity: 'error',
      from: { path: '.', pathNot: ['\\.store\\.ts$', '^kernel/db/', '^(testkit|tools|bench)/', test] },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'wires-in-connectors-only',
      comment: 'Outside systems are reached through a connector, where messages are signed, kept and tried again.',
      severity: 'error',
      from: {
        path: '^(kernel|practices|areas|connectors|web-kit)/',
        pathNot: ['^connectors/', '^kernel/(connector|db/embedded)/', test],
      },
      to: { path: '^(node:)?(http|https|http2|net|tls|undici)$|node_modules/undici/' },
    },
    {
      name: 'simulators-stand-outside',
      comment: 'A simulator that shares our rules cannot find our mistakes.',
      severity: 'error',
      from: { path: '^apps/simulators/', pathNot: test },
      to: { path: '^(areas|practices)/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Nothing is built on a test.',
      severity: 'error',
      from: {},
      to: { path: test },
    },
    {
      name: 'no-barrels',
      comment: 'A module is imported by its own name.',
      severity: 'error',
      from: { path: '(^|/)index\\.tsx?$' },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'A cycle that a lazy import closes does no harm: a page may know the route that loads it.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere hides from every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.cache|\\.data|dist|test-results|coverage)/|\\.css$|\\?' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};

export default configuration;
