// Takes out of a production install what Node never loads: types, source maps, documents, tests, and builds for browsers and bundlers.
//   node scripts/prune-production.mjs [FOLDER] [--most MB]
// FOLDER holds node_modules and dist; here unless given. Ends with 1 where more than so many megabytes are left on disk.
import { existsSync, globSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

/** Licences stay with what they are about. */
const kept = /^(licen[cs]e|notice|copying)/i;

/** Files that nothing loads: declarations and sources in TypeScript, maps, prose, pictures, settings of other tools. */
const unloaded = [
  /\.[cm]?ts$/,
  /\.(js|mjs|cjs|css)\.map$/,
  /\.(d\.ts|d\.mts|d\.cts)\.map$/,
  /\.(md|markdown|flow|coffee|tsbuildinfo|yml|html|jpg|png|svg|ico)$/i,
  /^\.(npmignore|gitattributes|gitignore|editorconfig|eslintrc|prettierrc|nycrc|travis|airtap)/,
  /^(Makefile|tsconfig.*\.json|CHANGELOG|AUTHORS)$/,
];

/** Folders at the root of any package. */
const besideThePoint = [
  'test',
  'tests',
  '__tests__',
  'benchmark',
  'benchmarks',
  'bench',
  'example',
  'examples',
  '.github',
  '.vscode',
  'coverage',
];

/** Folders of packages whose main file lies elsewhere: the same code once more, for other loaders. */
const otherBuilds = [
  '{@aws-sdk,@smithy}/*/dist-es',
  '{@aws-sdk,@smithy}/*/dist-types',
  '@aws-crypto/*/build/module',
  'rxjs/{src,dist/{esm,esm5,bundles,types}}',
  'class-{validator,transformer}/{esm5,esm2015,bundles}',
  'libphonenumber-js/{bundle,es6,es6-modern,source}',
];

const packagesIn = (modules) =>
  globSync(['*', '@*/*', '**/node_modules/*', '**/node_modules/@*/*'], { cwd: modules })
    .map((path) => join(modules, path))
    .filter((path) => existsSync(join(path, 'package.json')));

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}

/** Removes files that nothing loads, and folders that are empty afterwards. */
function clean(folder, unwanted) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) clean(path, unwanted);
    else if (!kept.test(entry.name) && unwanted.some((pattern) => pattern.test(entry.name))) remove(path);
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Megabytes that a folder takes on its disk. */
function sizeOf(folder) {
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => lstatSync(join(entry.parentPath, entry.name)).blocks * 512)
    .reduce((sum, each) => sum + each, 0);
  return bytes / 1024 / 1024;
}

const { values, positionals } = parseArgs({ options: { most: { type: 'string' } }, allowPositionals: true });
const [root = '.'] = positionals;
const modules = join(root, 'node_modules');
const dist = join(root, 'dist');
const folders = [modules, dist].filter((folder) => existsSync(folder));
const total = () => folders.reduce((sum, folder) => sum + sizeOf(folder), 0);
const before = total();

for (const pattern of otherBuilds) for (const path of globSync(pattern, { cwd: modules })) remove(join(modules, path));
for (const path of packagesIn(modules)) for (const name of besideThePoint) remove(join(path, name));
clean(modules, unloaded);
if (existsSync(dist)) clean(dist, [/\.map$/]);

const after = total();
console.log(
  `${folders.map((folder) => basename(folder)).join(' and ')}: ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB now.`,
);
const most = Number(values.most ?? Number.POSITIVE_INFINITY);
if (!(after <= most)) {
  console.error(`At most ${most} MB are allowed.`);
  process.exitCode = 1;
}
