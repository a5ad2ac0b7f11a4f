/** The web console as files: where it is served, under which policy, and where it is not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { answerLost, serveConsole } from '../../../src/infrastructure/http/console.js';
import { fastifyAdapter } from '../../../src/infrastructure/http/kit/adapter.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const reseller = {
  name: 'CenturyLink',
  prefix: 'CTL',
  contact: 'desk@reseller.example',
  analyticsUrl: '',
  monitoringUrl: '',
};
const settings = { issuer: 'https://login.example/realm', clientId: 'console', reseller };

async function served(from = settings, isBuilt = true) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  if (isBuilt) writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>');
  writeFileSync(join(folder, 'assets', 'page-1a2b.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'page-1a2b.js.br'), brotliCompressSync('export {};'));
  writeFileSync(join(folder, '..', 'outside.txt'), 'not to be had');
  const adapter = fastifyAdapter();
  answerLost(adapter, { folder, settings: from }, (url) => (url === '/v1/offered' ? ['POST'] : []));
  await serveConsole(adapter, { folder, settings: from });
  return (url: string, headers: Readonly<Record<string, string>> = {}) =>
    adapter.getInstance().inject({ method: 'GET', url, headers: { host: 'here', ...headers } });
}

const addresses = [
  '/',
  '/signed-in?code=1',
  '/signed-out',
  '/new',
  '/providers/3092de38',
  '/webhooks',
  '/webhooks/new',
];

test.each(addresses)('%s is the page', async (url) => {
  const get = await served();
  const { statusCode, body, headers } = await get(url);
  expect({ statusCode, body }).toEqual({ statusCode: 200, body: '<!doctype html><title>Console</title>' });
  expect(headers['cache-control']).toBe('no-cache');
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toContain("connect-src 'self' https://login.example");
  expect(policy).toEqual(
    expect.arrayContaining(["default-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]),
  );
  expect(policy.join()).not.toMatch(/unsafe|https?:\/\/(?!login\.example)|data:|\*/);
});

test('what is loaded is kept for a year, since its name changes with it; what the page must know is not', async () => {
  const get = await served();
  const asset = await get('/assets/page-1a2b.js');
  expect([asset.statusCode, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  const told = await get('/console-settings');
  expect([told.json(), told.headers['cache-control']]).toEqual([settings, 'no-store']);
});

test('what was packed is sent packed to whoever takes it, and as it is to others', async () => {
  const get = await served();
  const packed = await get('/assets/page-1a2b.js', { 'accept-encoding': 'gzip, br' });
  expect([packed.headers['content-encoding'], packed.headers.vary]).toEqual([
    'br',
    expect.stringContaining('accept-encoding'),
  ]);
  expect(packed.headers['content-type']).toMatch(/javascript/);
  expect((await get('/assets/page-1a2b.js')).headers['content-encoding']).toBeUndefined();
});

test('nothing else of the disk is served', async () => {
  const get = await served();
  for (const url of [
    '/assets/../../outside.txt',
    '/assets/%2e%2e/%2e%2e/outside.txt',
    '/assets/',
    '/index.html',
    '/other',
  ])
    expect([url, (await get(url)).statusCode >= 400]).toEqual([url, true]);
});

test('an address that nothing has is the page where a browser asks, and stays an answer for programs elsewhere', async () => {
  const get = await served();
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const lost = await get('/nowhere/at/all', browser);
  expect([lost.statusCode, lost.body]).toEqual([404, '<!doctype html><title>Console</title>']);
  expect(lost.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(String(lost.headers['content-security-policy'])).toContain("default-src 'self'");
  for (const [url, headers] of [
    ['/nowhere', {}],
    ['/nowhere', { accept: '*/*' }],
    ['/v1/offered', browser],
  ] as const)
    expect([url, headers, (await get(url, headers)).headers['content-type']]).toEqual([
      url,
      headers,
      expect.stringContaining('application/json'),
    ]);
});

test('without an issuer there is no console, and one that was not built is not passed over', async () => {
  const get = await served({ ...settings, issuer: '' });
  expect((await get('/')).statusCode).toBe(404);
  await expect(served(settings, false)).rejects.toThrow(/There is no console at .*npm run build makes it/);
});
