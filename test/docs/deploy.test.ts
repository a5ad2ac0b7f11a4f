/** The files of the deployment, as far as a parser can hold them to the program: no Docker daemon runs where this is tested. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/config.js';
import { temporaryFolder } from '../support/temporary-folder.js';

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

/** What a container may do, and how it is seen to be well. */
interface Contained extends ComposeService {
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly user?: string;
}

const containedIn = (file: string) => Object.entries(composed(file).services as Record<string, Contained>);

test('every container says how it is seen to be well, but one that only makes certificates and ends', () => {
  for (const file of files)
    for (const [name, { healthcheck }] of containedIn(file))
      expect([name, healthcheck !== undefined]).toEqual([name, name !== 'certificates']);
});

test('what faces requests has no rights, gains none, and writes to its volume and to memory alone', () => {
  const guarded = containedIn('docker-compose.yml').filter(([name]) => name !== 'eventstoredb');
  expect(guarded.map(([name]) => name)).toEqual(['simulator', 'issuer', 'instance-1', 'instance-2', 'proxy']);
  for (const [name, { read_only: isReadOnly, tmpfs, cap_drop: dropped, security_opt: options, privileged }] of guarded)
    expect([name, isReadOnly, tmpfs, dropped, options, privileged]).toEqual([
      name,
      true,
      ['/tmp'],
      ['ALL'],
      ['no-new-privileges:true'],
      undefined,
    ]);
});

test('the image is built in stages, from what is pruned, and signals reach the program', () => {
  const image = readFileSync('Dockerfile', 'utf8');
  const stages = image.split(/^FROM /m).slice(1);
  expect(stages).toHaveLength(2);
  expect(stages[0]).toMatch(/npm ci[\s\S]*npm prune --omit=dev && node scripts\/prune-production\.mjs --most 90$/m);
  expect(stages[1]).not.toMatch(/npm /);
  const copied = [...(stages[1] ?? '').matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(([, path]) => path);
  expect(copied).toEqual(['package.json', 'node_modules', 'dist', 'config', 'docs/proofs']);
  expect(stages[1]).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
  expect(stages[1]).toMatch(/^ENV NODE_ENV=production /m);
});

test('the proxy writes nothing outside of its memory, and listens where compose publishes', () => {
  const nginx = readFileSync('deploy/compose/nginx.conf', 'utf8');
  const written = [...nginx.matchAll(/^\s*(?:pid|\w+_temp_path)\s+(\S+);/gm)].map(([, path]) => path ?? '');
  expect(written).toHaveLength(6);
  for (const path of written) expect(path).toMatch(/^\/tmp\//);
  const listened = [...nginx.matchAll(/^\s*listen (\d+);/gm)].map(([, port]) => port);
  const published = containedIn('docker-compose.yml').flatMap(([, { ports = [] }]) => ports);
  expect(published.map((port) => port.split(':')[2])).toEqual(listened);
});

test('the demo issuer is no part of a service beside the real AWS', () => {
  const instance = composed('docker-compose.yml').services['instance-1']?.environment ?? {};
  const real = join(temporaryFolder(), 'real.yaml');
  const text = readFileSync('config/partner-cloud.yaml', 'utf8');
  writeFileSync(
    real,
    text
      .replace(/^ {2}endpoint: .*$/m, "  endpoint: ''")
      .replace('folder: terms', `folder: ${resolve('config/terms')}`),
  );
  const { PARTNER_CLOUD_AWS_ENDPOINT: _, ...environment } = instance;
  const env = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
  expect(() => loadConfig({ ...env, PARTNER_CLOUD_CONFIG: real })).toThrow(/identity\.jwks: /);
});

test('the cluster is of three nodes that know each other by TLS', () => {
  const nodes = containedIn('docker-compose.cluster.yml').filter(([name]) => name.startsWith('node-'));
  expect(nodes).toHaveLength(3);
  const addresses = nodes.map(([, { environment = {} }]) => String(environment.EVENTSTORE_REPLICATION_IP));
  expect(new Set(addresses).size).toBe(3);
  for (const [, { environment = {} }] of nodes) {
    const seeds = String(environment.EVENTSTORE_GOSSIP_SEED).split(',');
    const others = addresses.filter((address) => address !== environment.EVENTSTORE_REPLICATION_IP);
    expect(seeds).toEqual(others.map((address) => `${address}:2113`));
    expect(environment.EVENTSTORE_CLUSTER_SIZE).toBe(3);
    expect(environment).not.toHaveProperty('EVENTSTORE_INSECURE');
    expect(environment.EVENTSTORE_CERTIFICATE_FILE).toMatch(/^\/certs\/node[123]\/node\.crt$/);
    expect(environment.EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH).toBe('/certs/ca');
  }
});
