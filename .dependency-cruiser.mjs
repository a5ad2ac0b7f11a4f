/** Imports point one way: domain ← application ← projections, infrastructure, simulator ← the composition root and cli. */
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

export default {
  forbidden: [
    layer('domain-is-pure', '^src/domain', { pathNot: '^src/domain' }, 'The domain imports nothing but itself.'),
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
      'simulator-stands-alone',
      '^src/simulator',
      { path: '^src/', pathNot: '^src/simulator' },
      'The simulator imports nothing of the rest.',
    ),
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
