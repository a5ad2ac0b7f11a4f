/** What an operator sees when a program cannot start, and what `npm run rebuild` does: processes, exit codes and words. */
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openApi } from '../../src/cli/client/api.js';
import type { Provider as Status } from '../../src/client/generated/types.gen.js';
import { read } from '../support/by-path.js';
import type { Ended } from '../support/child.js';
import { damageInUse } from '../support/damaged-file.js';
import { factsIn, leftOpenIn } from '../support/log-of.js';
import { type Grounds, prepareFolders, startBuilt, startReadyService } from '../support/processes.js';
import type { Program } from '../support/program.js';
import { fileOf } from '../support/read-model-names.js';
import { acceptedProvider } from '../support/service.js';

/** Nobody listens there; what is asked here needs no AWS. */
const noAws = 'http://127.0.0.1:9';

let grounds: Grounds;
let service: Program | undefined;

beforeEach(async () => {
  grounds = await prepareFolders();
  service = undefined;
});
afterEach(async () => {
  await service?.end('SIGKILL');
});

const run = (script: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  startBuilt(script, [], { ...grounds.env, ...env }).ended;

test.each(['main.js', 'cli/rebuild.js'])('%s ends with 78 and one line for each mistake', async (script) => {
  const file = join(grounds.folder, 'wrong.yaml');
  const right = readFileSync('config/partner-cloud.yaml', 'utf8');
  writeFileSync(file, right.replace('name: CenturyLink', "name: ''").replace(/^server:/m, 'servre: {}\nserver:'));
  const { code, stdout, stderr } = await run(script, { PARTNER_CLOUD_CONFIG: file, PORT: 'many' });
  expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toEqual([
    'PORT: "many" is not a whole number; allowed: a whole number from 0 to 65535.',
    expect.stringMatching(/^servre: is no setting of this program; allowed: server, /),
    'reseller.name: is empty; allowed: 1 to 64 printable Latin characters.',
  ]);
});

test('a key of the vault that is none ends it with 78, and is not repeated', async () => {
  const { code, stderr } = await run('main.js', { PARTNER_CLOUD_VAULT_KEY: 'tooshort' });
  expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 78, lines: 1 });
  expect(stderr).toMatch(/^PARTNER_CLOUD_VAULT_KEY: .*allowed: 32 random bytes/);
  expect(stderr).not.toContain('tooshort');
});

test('another key than the one that sealed the vault ends it with 78 in one line, and so does a level of the log that is none', async () => {
  await (await startReadyService(grounds, noAws)).end('SIGTERM');
  const otherKey = await run('main.js', { PARTNER_CLOUD_VAULT_KEY: Buffer.alloc(32, 9).toString('base64') });
  const noLevel = await run('main.js', { LOG_LEVEL: 'loud' });
  expect([otherKey.code, noLevel.code]).toEqual([78, 78]);
  expect(otherKey.stderr).toMatch(/^.*key.*\n$/);
  expect(noLevel.stderr).toBe('LOG_LEVEL: "loud" is not supported; allowed: info or warn or error or silent.\n');
});

test('a port that is taken is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await run('main.js', { PORT: String(port) });
  const args = ['--port', String(port), '--data', join(grounds.folder, 'aws')];
  const simulator = await startBuilt('cli/simulator.js', args, {}).ended;
  taken.close();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `server.port: ${port} of 127.0.0.1 is taken by another program. Set PORT to a free one; 0 takes any.\n`,
  });
  expect(simulator).toEqual({
    code: 1,
    stdout: '',
    stderr: `--port: ${port} is taken, perhaps by a simulator that already runs; 0 takes any.\n`,
  });
});

test('a rebuild without a log does nothing and says so', async () => {
  const { code, stdout, stderr } = await run('cli/rebuild.js');
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: `There is no log in ${grounds.data}; nothing was done.\n`,
  });
});

test('the level of the log and the limits of payers are read again on SIGHUP, and no file, however wrong or missing, ends the service', async () => {
  const file = join(grounds.folder, 'settings.yaml');
  const settings = readFileSync('config/partner-cloud.yaml', 'utf8').replace(
    'folder: terms',
    `folder: ${resolve('config/terms')}`,
  );
  writeFileSync(file, settings);
  grounds.env.PARTNER_CLOUD_CONFIG = file;
  service = await startReadyService(grounds, noAws);
  const reloaded = async (words: RegExp): Promise<string> => {
    const said = service?.line(words);
    service?.child.kill('SIGHUP');
    return (await said)?.input ?? '';
  };
  const wrong = /"The configuration is wrong; everything stays as it was\."/;
  rmSync(file);
  expect(await reloaded(wrong)).toContain('settings.yaml');
  writeFileSync(file, settings.replace(/accountsAllowed: \d+/, 'accountsAllowed: many'));
  expect(await reloaded(wrong)).toContain('payers[0].accountsAllowed: ');
  const changed = settings.replace(/accountsAllowed: \d+/, 'accountsAllowed: 7');
  writeFileSync(file, changed.replace('level: info', 'level: warn'));
  const line = await reloaded(/was read again while the service runs/);
  expect(JSON.parse(line).changed).toEqual([expect.stringMatching(/^payer-1: 7 accounts/), 'logging.level: warn']);
  expect((await service.end('SIGTERM')).code).toBe(0);
});

test('a file of read models that is damaged in use ends the service with 75, and the next start makes it anew', async () => {
  service = await startReadyService(grounds, noAws);
  const api = openApi(grounds.url);
  const id = await acceptedProvider(api, grounds.tokens);
  const look = () => read<Status>(api, `/v1/providers/${id}`, grounds.tokens.administrator);
  const { name } = await look();
  damageInUse(join(grounds.data, 'read-models', fileOf('provider-status')));
  const headers = { authorization: `Bearer ${grounds.tokens.administrator}` };
  const met = await fetch(`${grounds.url}/v1/providers/${id}`, { headers });
  expect([met.status, met.headers.get('retry-after')]).toEqual([503, '5']);
  const { code, stdout, stderr } = await service.ended;
  expect({ code, stderr, open: leftOpenIn(grounds.data) }).toEqual({ code: 75, stderr: '', open: [] });
  expect(stdout).toMatch(/the file of the read models is damaged .*only a start can mend this/);

  service = await startReadyService(grounds, noAws);
  expect(await look()).toMatchObject({ id, name });
  const ended = await service.end('SIGTERM');
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(/thrown away; it is filled again/);
});

test('asked to stop, it answers the request under way, takes no other, and ends with 0', async () => {
  service = await startReadyService(grounds, noAws);
  const id = await acceptedProvider(openApi(grounds.url), grounds.tokens);
  const { hostname, port } = new URL(grounds.url);
  const underWay = connect(Number(port), hostname).setEncoding('utf8');
  const body = '{"name":"Renamed"}';
  const token = `authorization: Bearer ${grounds.tokens.administrator}`;
  const head = `POST /v1/providers/${id}/rename HTTP/1.1\r\nhost: here\r\n${token}\r\nexpect: 100-continue\r\n`;
  underWay.write(`${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`);
  const answers = underWay[Symbol.asyncIterator]();
  expect((await answers.next()).value).toMatch(/100 Continue/);

  service.child.kill('SIGTERM');
  await service.line(/Stopping: no more requests are taken/);
  const headers = { authorization: `Bearer ${grounds.tokens.administrator}` };
  const late = fetch(`${grounds.url}/v1/providers/${id}/withdraw`, { method: 'POST', headers });
  expect(
    await late.then(
      ({ status }) => status,
      () => 'refused',
    ),
  ).not.toBe(200);
  underWay.write(body);
  expect((await answers.next()).value).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"Renamed"/);

  const { code, stderr } = await service.ended;
  expect({ code, stderr, open: leftOpenIn(grounds.data) }).toEqual({ code: 0, stderr: '', open: [] });
  const told = factsIn(grounds.data).map(({ type }) => type);
  expect(told).toContain('ProviderRenamed');
  expect(told).not.toContain('ProviderWithdrawn');
});

test('one process owns the data folder; a rebuild waits for its end and then tells the same story', async () => {
  service = await startReadyService(grounds, noAws);
  const api = openApi(grounds.url);
  const id = await acceptedProvider(api, grounds.tokens);
  const look = () => read<Status>(api, `/v1/providers/${id}`, grounds.tokens.administrator);
  const inUse = /^The data folder .* is in use by another partner-cloud process.*PARTNER_CLOUD_DATA\.\n$/;
  for (const script of ['main.js', 'cli/rebuild.js'])
    expect(await run(script, { PORT: '0' })).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(inUse) });

  const { name, stage } = await look();
  await service.end('SIGTERM');
  const facts = factsIn(grounds.data);
  const { code, stdout, stderr } = await run('cli/rebuild.js');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    new RegExp(`^(.+: rebuilt\n){4,}The log reaches to .*:${facts.length}; this took \\d+ ms\\.\\n$`),
  );
  expect(factsIn(grounds.data)).toEqual(facts);
  expect(leftOpenIn(grounds.data)).toEqual([]);

  service = await startReadyService(grounds, noAws);
  expect(await look()).toMatchObject({ name, stage });
});
