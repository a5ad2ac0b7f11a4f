/** Imports point one way: domain ← application ← projections, infrastructure, simulator ← the composition root and cli. */
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

/** The rooms of the simulator from the ground up; a room imports only from those before it, and from none beside it. */
const simulatorFloors = [
  ['engine'],
  ['protocol', 'policies', 'world'],
  ['iam', 's3'],
  ['organizations', 'cloudtrail', 'config'],
  ['sts'],
  ['console'],
  ['control'],
];

/** What lies at the simulator's door (services.ts, furnish.ts, simulator.ts) joins the rooms, so none imports it. */
const simulatorRooms = simulatorFloors.flatMap((floor, level) =>
  floor.map((room) => {
    const below = [room, ...simulatorFloors.slice(0, level).flat()].join('|');
    return layer(
      `simulator-${room}-looks-down`,
      `^src/simulator/${room}/`,
      { path: '^src/simulator/', pathNot: `^src/simulator/(${below})/` },
      'Inside the simulator no arrow runs back up.',
    );
  }),
);

export default {
  forbidden: [
    layer('domain-is-pure', '^src/domain', { pathNot: '^src/domain' }, 'The domain imports nothing but itself.'),
    layer(
      'aggregates-rest-on-shared-facts',
      '^src/domain/(?!events\\.ts$)[^/]+\\.ts$',
      { path: '^src/domain/[^/]+/' },
      'What several aggregates share knows none of them; only the list of all events does.',
    ),
    layer(
      'application-knows-no-adapter',
      '^src/application',
      { path: '^src/', pathNot: '^src/(domain|application)' },
      'The application knows ports, not adapters.',
    ),
    layer(
      'projections-read-events',
      '^src/projections',
      { path: '^src/', pathNot: '^src/(domain|application|projections)' },
      'Projections know events and the ports they are read through.',
    ),
    layer(
      'engine-knows-no-read-model',
      '^src/projections/engine/',
      { path: '^src/projections/', pathNot: '^src/projections/engine/' },
      'The engine fills any read model; which there are is said above it.',
    ),
    layer(
      'read-models-are-apart',
      '^src/projections/([^/]+)/',
      { path: '^src/projections/', pathNot: '^src/projections/(engine|$1)/' },
      'A read model knows the engine and no other read model; what is read from several is put together above them.',
    ),
    layer(
      'adapters-know-ports',
      '^src/infrastructure',
      { path: '^src/', pathNot: '^src/(domain|application|infrastructure)' },
      'Adapters know the application, not each other’s users.',
    ),
    layer(
      'adapters-are-apart',
      '^src/infrastructure/([^/]+)/',
      { path: '^src/infrastructure/[^/]+/', pathNot: '^src/infrastructure/$1/' },
      'One adapter does not know another; the composition root joins them.',
    ),
    layer(
      'http-kit-knows-no-route',
      '^src/infrastructure/http/kit/',
      { path: '^src/infrastructure/http/', pathNot: '^src/infrastructure/http/kit/' },
      'The kit serves any routes; which there are is said above it.',
    ),
    layer(
      'http-routes-know-the-kit',
      '^src/infrastructure/http/routes/',
      { path: '^src/infrastructure/http/', pathNot: '^src/infrastructure/http/(kit|routes)/' },
      'Routes know the kit and each other’s inputs, not the server that they are put into.',
    ),
    layer(
      'ports-import-no-rooms',
      '^src/application/ports/',
      { path: '^src/application/', pathNot: '^src/application/(ports/|streams/event-store.ts)' },
      'A port says what is needed in the words of the domain.',
    ),
    layer(
      'streams-know-no-commands',
      '^src/application/streams/',
      { path: '^src/application/(commands|queries|history|quarantine|processes|provisioning|reconciliation)/' },
      'Streams serve whoever reads and records; they do not know who does.',
    ),
    layer(
      'history-tells-and-no-more',
      '^src/application/history/',
      { path: '^src/application/(commands|queries|quarantine|processes|provisioning|reconciliation)/' },
      'Facts are told as they are, whoever recorded them.',
    ),
    layer(
      'quarantine-looks-down',
      '^src/application/(quarantine|reconciliation)/',
      { path: '^src/application/(commands|queries|processes|provisioning)/' },
      'What an operator looks into knows nothing of what is done meanwhile.',
    ),
    layer(
      'processes-are-of-any-aggregate',
      '^src/application/processes/',
      {
        path: '^src/(domain/(provider|queue|payer)|application/(provisioning|commands|queries|ports/(ensures|read-models)))',
      },
      'What runs a saga knows no aggregate of its own; what belongs to a provider lies in provisioning.',
    ),
    layer(
      'queries-change-nothing',
      '^src/application/queries/',
      { path: '^src/application/(commands|processes)/' },
      'What is only read knows nothing of what is done.',
    ),
    layer(
      'simulator-stands-alone',
      '^src/simulator',
      { path: '^src/', pathNot: '^src/simulator' },
      'The simulator imports nothing of the rest.',
    ),
    ...simulatorRooms,
    layer('no-cycles', '^src', { circular: true }, 'A cycle means that two files are one.'),
    layer(
      'no-dev-dependencies',
      '^src',
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
      'What runs is a dependency.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
