/** Imports point one way: the rooms of each house look down (`scripts/rooms.mjs`), and a few rules say what no floor can. */
import { readdirSync } from 'node:fs';
import { houses } from './scripts/rooms.mjs';

const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

const literally = (name) => name.replaceAll('.', '\\.').concat(name.includes('.') ? '$' : '/');

const looksDown = (house, floors) =>
  floors.flatMap((floor, level) =>
    floor.map((room) => {
      const below = [room, ...floors.slice(0, level).flat()].map(literally).join('|');
      return layer(
        `${house.replace(/^src\//, '')}-${room.replace('.ts', '')}-looks-down`,
        `^${house}/${literally(room)}`,
        { path: `^${house}/`, pathNot: `^${house}/(${below})` },
        `Inside ${house} no arrow runs back up, and rooms of one floor do not know each other.`,
      );
    }),
  );

/** What stands on no floor would be under no rule, so it ends the check. */
function holdEveryRoom(folder) {
  if (folder === 'src/client/generated') return;
  const entries = readdirSync(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (folders.length > 0) {
    const floors = houses[folder]?.flat() ?? [];
    const there = entries.map(({ name }) => name);
    const unlisted = there.filter((name) => !floors.includes(name));
    const gone = floors.filter((name) => !there.includes(name));
    if (unlisted.length + gone.length > 0)
      throw new Error(
        `scripts/rooms.mjs, ${folder}: on no floor: ${unlisted.join(', ')}; not there: ${gone.join(', ')}.`,
      );
  }
  for (const name of folders) holdEveryRoom(`${folder}/${name}`);
}
holdEveryRoom('src');

export default {
  forbidden: [
    ...Object.entries(houses).flatMap(([house, floors]) => looksDown(house, floors)),
    layer(
      'application-knows-no-adapter',
      '^src/(domain|application)/',
      { dependencyTypes: ['core'], path: '^(node:)?(fs|net|http|https|child_process|sqlite)' },
      'Files, sockets and processes are reached through ports.',
    ),
    layer(
      'projections-read-events',
      '^src/projections',
      { path: '^src/infrastructure', pathNot: '^src/infrastructure/sqlite-failures\\.ts$' },
      'Projections know events and the ports they are read through, and what failures of their own files mean.',
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
      'client-is-for-programs',
      '^src/(?!cli/|client/)',
      { path: '^src/client' },
      'Programs that call the API use the client, which knows the API by its document alone; the service is what they call.',
    ),
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
