/** The bill of materials names what runs in production, each package with its version, licence and hash, the same each time. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly {
    readonly name: string;
    readonly group?: string;
    readonly version: string;
    readonly licenses?: readonly object[];
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  }[];
}

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

function printed(): string {
  const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, NODE_OPTIONS: '' };
  return execFileSync(process.execPath, ['scripts/sbom.mjs'], { encoding: 'utf8', maxBuffer: 2 ** 28, env });
}

test('every package that runs is in it, with its licence and the hash of the lock file, and nothing of this machine', () => {
  const text = printed();
  const { bomFormat, specVersion, components } = JSON.parse(text) as Bill;
  expect([bomFormat, specVersion]).toEqual(['CycloneDX', '1.6']);
  const versions = new Map(components.map(({ group, name, version }) => [group ? `${group}/${name}` : name, version]));
  for (const [name, version] of Object.entries(dependencies))
    expect([name, versions.get(name)]).toEqual([name, version]);
  for (const { name, hashes, licenses = [] } of components) {
    expect([name, hashes]).toEqual([name, [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]]);
    expect([name, licenses.length > 0]).toEqual([name, true]);
  }
  expect(text).not.toContain(process.cwd());
});
