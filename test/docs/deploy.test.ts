/** The files of the deployment, as far as a parser can hold them to the program: no Docker daemon runs where this is tested. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/config.js';

interface ComposeService {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const files = ['docker-compose.yml', 'docker-compose.cluster.yml'];
const composed = (file: string): Compose => parse(readFileSync(file, 'utf8'), { merge: true }) as Compose;
const nameOf = (volume: string): string => volume.split(':')[0] ?? '';

test.each(files)(
  '%s names images by their version, volumes and services that are there, and ports of this machine alone',
  (file) => {
    const { services, volumes } = composed(file);
    for (const { image, volumes: mounted = [], ports = [], depends_on: needs = [] } of Object.values(services)) {
      if (image !== undefined) expect(image).toMatch(/:\d+\.\d+\.\d+/);
      for (const volume of mounted.map(nameOf).filter((name) => !name.startsWith('./')))
        expect(volumes).toHaveProperty(volume);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
      const names = Array.isArray(needs) ? needs : Object.keys(needs);
      for (const name of names) expect(Object.keys(services)).toContain(name);
    }
  },
);

test('what is built runs programs that are there, as no other user than its own, on a file system that it cannot write', () => {
  const built = Object.values(composed('docker-compose.yml').services).filter(({ build }) => build !== undefined);
  expect(built).toHaveLength(4);
  for (const { command = ['node', 'dist/main.js'], read_only: isReadOnly } of built) {
    expect(existsSync((command[1] ?? '').replace(/^dist/, 'src').replace(/js$/, 'ts'))).toBe(true);
    expect(isReadOnly).toBe(true);
  }
  const image = readFileSync('Dockerfile', 'utf8');
  expect(image).toMatch(/^USER node$/m);
  expect(image).toMatch(/^HEALTHCHECK /m);
});

test('two instances share the log, the vault and the keys, each with data of its own, and their settings can be used', () => {
  const { services } = composed('docker-compose.yml');
  const instances = Object.entries(services).filter(([name]) => name.startsWith('instance-'));
  expect(instances).toHaveLength(2);
  const data = instances.map(([, { volumes = [] }]) => volumes.find((volume) => volume.endsWith('/data')));
  expect(new Set(data).size).toBe(2);
  for (const [, { environment = {}, network_mode: network }] of instances) {
    expect(network).toBe('service:simulator');
    const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
    const config = loadConfig(env);
    expect([config.vault.kind, config.eventStore.url]).toEqual([
      'secretsManager',
      'esdb://eventstoredb:2113?tls=false',
    ]);
    expect(readFileSync('deploy/compose/nginx.conf', 'utf8')).toContain(`server 127.0.0.1:${config.server.port} `);
  }
});
