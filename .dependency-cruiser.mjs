/** Imports point one way: domain ← application ← projections, infrastructure, simulator ← the composition root and cli. */
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

const literally = (name) => name.replaceAll('.', '\\.').concat(name.includes('.') ? '$' : '/');

/** Rooms of a house, and files at its door, from the ground up: each imports only from floors below its own, and from itself. */
const looksDown = (house, floors) =>
  floors.flatMap((floor, level) =>
    floor.map((room) => {
      const below = [room, ...floors.slice(0, level).flat()].map(literally).join('|');
      return layer(
        `${house.slice(house.lastIndexOf('/') + 1)}-${room.replace('.ts', '')}-looks-down`,
        `^src/${house}/${literally(room)}`,
        { path: `^src/${house}/`, pathNot: `^src/${house}/(${below})` },
        `Inside ${house} no arrow runs back up, and rooms of one floor do not know each other.`,
      );
    }),
  );

const houses = [
  ...looksDown('application', [
    ['ports', 'error-text.ts', 'masked.ts', 'spans.ts'],
    ['authorization'],
    ['streams'],
    ['dependencies.ts', 'history'],
    ['quarantine'],
    ['visible-providers.ts', 'processes', 'reconciliation'],
    ['provisioning', 'guardrails', 'audit', 'hardening', 'webhooks'],
    ['commands', 'queries'],
    ['what-if'],
    ['handlers.ts'],
  ]),
  ...looksDown('projections', [
    ['engine'],
    [
      ...['provider-status', 'payer-load', 'audit-history', 'organizations', 'statistics', 'webhooks'],
      ...['reconciliation-reports', 'hardening-looks', 'webhook-deliveries'],
    ],
  ]),
  ...looksDown('infrastructure/aws', [
    ['calls'],
    ['baseline', 'creation', 'credentials', 'audit', 'notices'],
    ['guardrails'],
    ['hardening', 'proof', 'preflight'],
    ['ensures.ts'],
  ]),
  ...looksDown('infrastructure/event-store', [
    ['lease-stream.ts'],
    ['format', 'doorbell.ts', 'lease.ts'],
    ['sqlite', 'eventstoredb'],
  ]),
  // What lies at the root's door (service.ts, serve-http.ts, figures.ts, ending.ts) joins the rooms, so none imports it.
  ...looksDown('composition', [['log', 'health'], ['verification'], ['storage', 'start'], ['audit', 'sagas']]),
  // What lies at the simulator's door (services.ts, furnish.ts, simulator.ts) joins the rooms, so none imports it.
  ...looksDown('simulator', [
    ['engine'],
    ['protocol', 'policies', 'world'],
    ['iam', 's3', 'ec2', 'access-analyzer', 'account', 'secretsmanager', 'servicequotas', 'sns'],
    ['organizations', 'cloudtrail', 'config', 's3control'],
    ['sts'],
    ['console', 'authorization'],
    ['control'],
  ]),
];

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
      { path: '^src/', pathNot: '^src/(domain|application|projections|infrastructure/sqlite-failures\\.ts$)' },
      'Projections know events and the ports they are read through, and what failures of their own files mean.',
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
    layer(
      'client-stands-alone',
      '^src/client',
      { path: '^src/', pathNot: '^src/client' },
      'The client knows the API by its document alone.',
    ),
    layer(
      'service-needs-no-client',
      '^src/(domain|application|projections|infrastructure|composition|simulator|config)',
      { path: '^src/client' },
      'Programs that call the API use the client; the service is what they call.',
    ),
    ...houses,
    layer('no-cycles', '^src/(?!client/generated/)', { circular: true }, 'A cycle means that two files are one.'),
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
