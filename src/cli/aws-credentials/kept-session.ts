/** Keys are kept in a file of the user's own until shortly before they end, because AWS CLI asks for them at each call. */
import { hash, randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, writeOwn } from '../../infrastructure/own-file.js';
import type { Options } from './options.js';
import { isSession, type Session } from './session.js';

/** AWS's tools renew keys some minutes before they end, and must not be given the same ones again. */
const spareMs = 5 * 60_000;
const forOthers = 0o077;

/** The keys that are kept, if they are good for a while yet and nobody else can have read or written them. */
export function keptSession(options: Options, now: number): Session | undefined {
  try {
    const file = fileOf(options);
    const { mode, uid } = lstatSync(file);
    if ((mode & forOthers) !== 0 || uid !== (process.getuid?.() ?? uid)) return undefined;
    const session: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isSession(session) && Date.parse(session.Expiration) - spareMs > now ? session : undefined;
  } catch {
    // Whatever is wrong with the file, new keys can be had.
    return undefined;
  }
}

/** Replaces the file as a whole, so that a reader never sees half of it; keys that find no room are asked for again. */
export function keepSession(options: Options, session: Session): void {
  try {
    ownFolder(options.cache);
    const draft = join(options.cache, `.${randomUUID()}.new`);
    writeOwn(draft, JSON.stringify(session));
    renameSync(draft, fileOf(options));
  } catch {
    // The keys are printed all the same.
  }
}

/** Of each service, provider, role and person another one. */
function fileOf({ cache, url, provider, role, issuer, client, token }: Options): string {
  const who = token === undefined ? [String(issuer), client] : personIn(token);
  const name = hash('sha256', [url.href, provider, role, ...who].join('\n')).slice(0, 32);
  return join(cache, `${name}.json`);
}

/** Whom a token names; it is not checked here, so that a made-up one finds no more than its own file. */
function personIn(token: string): readonly string[] {
  try {
    const { iss, sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return [String(iss), String(sub)];
  } catch {
    return [token];
  }
}
