// The walls of the house: imports run one way, renderer -> shared, electron -> host -> senders -> shared,
// server -> senders and shared. Each rule forbids; what no rule names is allowed. test/rules/walls.test.ts plants
// one import against each and sees it refused.

const rooms = ['shared', 'senders', 'host', 'electron', 'renderer', 'server', 'scripts', 'test']
/** The viewer's stages, first to last: each may import those before it. */
const stages = ['sqlite', 'picker', 'events', 'columns', 'local', 'filter', 'charts', 'insights', 'summary']

/** A room may import itself and the rooms named; every other room is forbidden. */
const room = (name, allowed) => ({
  name: `${name}-imports-only-${allowed.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: { path: `^(${rooms.filter((other) => other !== name && !allowed.includes(other)).join('|')})/` },
})

const noNode = (name) => ({
  name: `${name}-knows-no-node`,
  comment: 'It runs in a browser, a worker or at the edge as well.',
  severity: 'error',
  from: {
    path: `^${name}/`,
    pathNot: '^server/(node\\.ts|node/.*|stores/(sqlite(-aside|-thread)?|postgres|partitions)\\.ts)$',
  },
  to: { dependencyTypes: ['core'] },
})

const stage = (name, index) => ({
  name: `viewer-${name}-before-${stages[index + 1]}`,
  comment: 'A stage that imports a later one turns the flow of reading into a knot.',
  severity: 'error',
  from: { path: `^shared/viewer/${name}(/|\\.ts$)` },
  to: { path: `^shared/viewer/(${stages.slice(index + 1).join('|')})(/|\\.ts$)` },
})

module.exports = {
  forbidden: [
    room('shared', []),
    room('senders', ['shared']),
    room('host', ['shared', 'senders']),
    room('electron', ['shared', 'host']),
    room('renderer', ['shared']),
    room('server', ['shared', 'senders']),
    room('scripts', []),
    noNode('shared'),
    noNode('senders'),
    noNode('renderer'),
    noNode('server'),
    ...stages.slice(0, -1).map(stage),
    {
      name: 'only-electron-imports-electron',
      comment: 'In plain Node the import begins a blocking download.',
      severity: 'error',
      from: { pathNot: '^(electron|test)/' },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'tests-import-only-the-types-of-electron',
      comment: 'The stand-in for the runtime is measured by them.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '(^|/)node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-chart-ts-imports-chart-js',
      severity: 'error',
      from: { pathNot: '^(renderer/chart(\\.ts|/)|test/)' },
      to: { path: '(^|/)node_modules/chart\\.js/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-worker-imports-sql-js',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/worker(\\.ts|/)' },
      to: { path: '(^|/)node_modules/sql\\.js/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Types may point back (a table of jobs, and the jobs); code may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|docs)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.svelte', '.json'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
    },
  },
}
