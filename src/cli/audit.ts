/** `npm run audit -- COMMAND`: what auditors ask of a log, in its file or on a server, beside the service or without it. */
import { dirname, join } from 'node:path';
import type { LogPlace } from '../composition/log/log-place.js';
import { asAsked, wrongConfiguration } from '../composition/start/exit-codes.js';
import { explain } from '../composition/start/exit-message.js';
import { dataFolder } from '../config/folders.js';
import { headsFolderName } from '../infrastructure/audit/head-files.js';
import { askedFor, type Values } from './audit/arguments.js';
import { evidence } from './audit/evidence.js';
import { logAsked } from './audit/log-asked.js';
import { replay } from './audit/replay.js';
import { type CommandName, usageOf } from './audit/usage.js';
import { verify } from './audit/verify.js';
import { why } from './audit/why.js';

type Command = (about: string, log: LogPlace, values: Values) => number | Promise<number>;

const commands: Readonly<Record<CommandName, Command>> = {
  verify: (_, log, { head, key, json = false }) => verify({ log, head, key, json }),
  why: (accountId, log) => why(log, accountId),
  evidence: (providerId, log, { heads = headsBeside(log), key, at, to = '' }) =>
    evidence(providerId, { log, heads, key, at, to }),
  replay: (model, log, { at, to = '' }) => replay(model, { log, at, to }),
};

/** Where the service keeps them. */
const headsBeside = (log: LogPlace): string =>
  join(typeof log === 'string' ? dirname(log) : dataFolder(process.env), headsFolderName);

async function main(args: readonly string[]): Promise<number> {
  const asked = askedFor(args);
  if (asked.kind === 'help') {
    process.stdout.write(usageOf(asked.name));
    return asAsked;
  }
  if (asked.kind === 'wrong') {
    process.stderr.write(`${asked.words}\n\n${usageOf(asked.name)}`);
    return wrongConfiguration;
  }
  const { name, about, values } = asked;
  return await commands[name](about, logAsked(values.log, process.env), values);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error);
  },
);
