/** The empty page of `npm run bench:browser`, served by the same code as the console. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { serveConsole } from '../../../../src/infrastructure/http/console.js';
import { fastifyAdapter } from '../../../../src/infrastructure/http/kit/adapter.js';

const folder = resolve('node_modules/.cache/console-empty');
const reseller = { name: '', prefix: '', contact: '', analyticsUrl: '', monitoringUrl: '' };

export interface EmptyPage {
  readonly url: string;
  /** Where its files lie. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Throws where it was not built. */
export async function openEmptyPage(): Promise<EmptyPage> {
  if (!existsSync(folder)) throw new Error('There is no empty page; `npx vite build --mode empty` makes it.');
  const adapter = fastifyAdapter();
  await serveConsole(adapter, { folder, settings: { issuer: 'https://login.example', clientId: 'none', reseller } });
  const server = adapter.getInstance();
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { url, folder, close: async () => void (await server.close()) };
}
