/** docs/dependencies.md names every direct dependency, and none that is gone. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const packageFile = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
const direct = Object.keys({ ...packageFile.dependencies, ...packageFile.devDependencies });

/** The names in the first column; one that ends in a star stands for all that begin so. */
const named = readFileSync('docs/dependencies.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

const stands = (name: string, dependency: string): boolean =>
  name.endsWith('*') ? dependency.startsWith(name.slice(0, -1)) : dependency === name;

test('each direct dependency has its reason, and each reason its dependency', () => {
  expect(direct.filter((dependency) => !named.some((name) => stands(name, dependency)))).toEqual([]);
  expect(named.filter((name) => !direct.some((dependency) => stands(name, dependency)))).toEqual([]);
});
