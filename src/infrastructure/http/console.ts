/** The web console as files: one page for every address of its own, under a policy that lets it load nothing from elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { WireRequest } from './kit/wire.js';

/** What the page learns before anybody signs in. */
export interface ConsoleSettings {
  /** The identity provider's address; '' serves no console. */
  readonly issuer: string;
  readonly clientId: string;
  readonly reseller: {
    readonly name: string;
    /** In front of the names of what is put into an account. */
    readonly prefix: string;
    readonly contact: string;
    readonly analyticsUrl: string;
    readonly monitoringUrl: string;
  };
}

export interface ConsoleFiles {
  /** What `npm run build` made of it. */
  readonly folder: string;
  readonly settings: ConsoleSettings;
}

/** Addresses inside the console; the page itself decides what each shows. A new page is a row here and one in its router. */
const pages = [
  '/',
  '/signed-in',
  '/signed-out',
  '/new',
  '/providers/:id',
  '/providers/:id/:part',
  '/webhooks',
  '/webhooks/:id',
  '/operations',
  '/exceptions',
  '/audit',
];

const assetsForSeconds = 31_536_000;

/** Source: W3C, Content Security Policy Level 3. The page talks to us and to the identity provider, and to nobody else. */
const policyFor = (issuer: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${new URL(issuer).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

const headersOf = ({ settings }: ConsoleFiles) => ({
  'content-security-policy': policyFor(settings.issuer),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
});

/** A person at a browser, who cannot read a problem document; programs that take anything do not name this type. */
const asksForPage = ({ method, headers }: Pick<WireRequest, 'method' | 'headers'>): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');

/**
 * Answers a browser that asks for an address which nothing has with the console, which says so and shows a way on. To be
 * called before anything refuses such a request; `offered` are the methods that a path has.
 */
export function answerLost(
  adapter: FastifyAdapter,
  files: ConsoleFiles,
  offered: (url: string) => readonly string[],
): void {
  if (files.settings.issuer === '') return;
  const page = readFileSync(pageOf(files), 'utf8');
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    if (!request.is404 || !asksForPage(request) || offered(request.url).length > 0) return done();
    reply.code(404).headers(headersOf(files)).type('text/html; charset=utf-8').send(page);
  });
}

/** Throws where the console was not built. */
function pageOf({ folder }: ConsoleFiles): string {
  const page = join(folder, 'index.html');
  if (existsSync(page)) return page;
  throw new Error(`There is no console at ${folder}; npm run build makes it.`);
}

/** Serves the console; nothing where no issuer is configured. Throws where the console was not built. To be called before routes are final. */
export async function serveConsole(adapter: FastifyAdapter, console: ConsoleFiles): Promise<void> {
  const { folder, settings } = console;
  if (settings.issuer === '') return;
  pageOf(console);
  const fastify = adapter.getInstance();
  await fastify.register(files, { root: folder, serve: false, preCompressed: true });
  const open = { config: { action: 'open' } };
  const headers = headersOf(console);
  for (const address of pages)
    fastify.get(address, open, (_, reply) => reply.headers(headers).sendFile('index.html', { cacheControl: false }));
  fastify.get('/assets/*', open, (request, reply) =>
    reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, {
      maxAge: assetsForSeconds * 1_000,
      immutable: true,
    }),
  );
  fastify.get('/icon.svg', open, (_, reply) => reply.sendFile('icon.svg'));
  fastify.get('/console-settings', open, async (_, reply) => reply.header('cache-control', 'no-store').send(settings));
}
