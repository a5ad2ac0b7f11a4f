/** `npm run audit -- evidence PROVIDER_ID`: one ZIP that proves what happened to a provider, made from the files alone. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvidenceSources, evidenceSources } from '../../composition/audit/evidence.js';
import {
  type EvidenceOrder,
  evidenceOfFile,
  NotWhatTheHeadCovers,
  OfAnotherLog,
} from '../../composition/audit/evidence-of-file.js';
import { evidenceOfServer } from '../../composition/audit/evidence-of-server.js';
import type { LogPlace } from '../../composition/log/log-place.js';
import { asAsked, failed, wrongConfiguration } from '../../composition/start/exit-codes.js';
import { type Config, loadConfig } from '../../config/config.js';
import { Refusal } from '../../domain/refusal.js';
import { givenAuditKeys } from '../../infrastructure/audit/audit-keys.js';
import { openSigner } from '../../infrastructure/audit/signing-key.js';
import { loadKey } from '../../infrastructure/secret-keys.js';
import { missingFile, nameOf } from './log-asked.js';
import { publicKeysIn } from './public-keys.js';
import { logIn, placeIn, say } from './say.js';

export interface EvidenceOptions {
  readonly log: LogPlace;
  readonly heads: string;
  readonly to: string;
  readonly at: string | undefined;
  readonly key: string | undefined;
}

/** Writes the pack; answers with the exit code: 1 when there is no such provider, or no head covers it. */
export async function evidence(providerId: string, { log, heads, to, at, key }: EvidenceOptions): Promise<number> {
  if (missingFile(log)) return say(wrongConfiguration, `There is no file ${log}.`);
  if (existsSync(to)) return say(wrongConfiguration, `--to ${to}: it is there already; name a file that is not.`);
  const upTo = at === undefined ? undefined : placeIn(at);
  if (at !== undefined && upTo === undefined) return say(wrongConfiguration, `--at ${at}: it is no position of a log.`);
  const config = loadConfig(process.env);
  try {
    const keyOf = (_: string, name: string): string => signingKey(config, name, key);
    const pack = await packFrom(log, { heads, providerId, upTo, ofLog: logIn(at), keyOf }, evidenceSources(config));
    if (!pack)
      return say(
        failed,
        `There is no provider ${providerId} in ${nameOf(log)}, or it has no fact up to this position.`,
      );
    writeFileSync(to, pack, { flag: 'wx', mode: 0o600 });
    process.stdout.write(`${to} has the evidence of ${providerId}. Unpack it and run: node verify.mjs\n`);
    return asAsked;
  } catch (error) {
    if (error instanceof NoKey || error instanceof OfAnotherLog) return say(wrongConfiguration, error.message);
    if (error instanceof NotWhatTheHeadCovers) return say(failed, error.message);
    if (error instanceof Refusal)
      return say(failed, `${error.message} The service signs one each minute, and when it stops.`);
    throw error;
  }
}

const packFrom = (log: LogPlace, order: Omit<EvidenceOrder, 'log'>, sources: EvidenceSources) =>
  typeof log === 'string' ? evidenceOfFile({ ...order, log }, sources) : evidenceOfServer({ ...order, log }, sources);

class NoKey extends Error {}

/** The public key of the heads: the last of the file, else that of the secret key which the service signs with. None is made. */
function signingKey({ folders: { keys: keysFolder } }: Config, name: string, file: string | undefined): string {
  const given = file === undefined ? undefined : publicKeysIn(file).at(-1);
  if (given !== undefined) return given;
  const { env } = process;
  const isThere = givenAuditKeys(env)[0] !== undefined || existsSync(join(keysFolder, 'audit.key'));
  if (!isThere)
    throw new NoKey(`There is no audit.key in ${keysFolder}; give --key FILE, as GET /v1/audit/keys shows it.`);
  return openSigner(loadKey({ env, keysFolder, variable: 'PARTNER_CLOUD_AUDIT_KEY', name: 'audit.key' }), name)
    .publicKey;
}
