/** Every answer that names a fact carries the last signed head, so that whoever keeps answers is a witness of the log. */
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { type Audit, headView } from '../../../application/audit/audit.js';

/** What an answer to a command has where something is on record. */
const namesFact = (payload: unknown): payload is { readonly position: string; readonly hash: string } =>
  typeof payload === 'object' &&
  payload !== null &&
  'position' in payload &&
  'hash' in payload &&
  typeof payload.hash === 'string';

/** Adds `head` to the answers of commands; nothing while no head of the log has been signed. */
export function addHeads(adapter: FastifyAdapter, audit: Pick<Audit, 'lastHead'>): void {
  adapter.getInstance().addHook('preSerialization', (request, _, payload, done) => {
    const head = request.method === 'GET' || !namesFact(payload) ? undefined : audit.lastHead();
    done(null, head ? { ...(payload as object), head: headView(head) } : payload);
  });
}
