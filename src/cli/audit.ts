/** `npm run audit -- COMMAND`: what auditors ask of a log's file, beside the service or without it. */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { asAsked, wrongConfiguration } from '../composition/exit-codes.js';
import { explain } from '../composition/exit-message.js';
import { dataFolder } from '../config/folders.js';
import { headsFolderName } from '../infrastructure/audit/head-files.js';
import { evidence } from './audit/evidence.js';
import { replay } from './audit/replay.js';
import { type CommandName, isCommand, usageOf } from './audit/usage.js';
import { verify } from './audit/verify.js';
import { why } from './audit/why.js';

const options = {
  log: { type: 'string' },
  head: { type: 'string' },
  heads: { type: 'string' },
  key: { type: 'string' },
  at: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ readonly options: typeof options }>>['values'];

interface Command {
  /** What must stand behind its name, if anything must. */
  readonly about?: string;
  readonly takes: readonly (keyof Values)[];
  readonly needs?: readonly (keyof Values)[];
  run(about: string, log: string, values: Values): number | Promise<number>;
}

const commands: Readonly<Record<CommandName, Command>> = {
  verify: {
    takes: ['log', 'head', 'key', 'json'],
    run: (_, log, { head, key, json = false }) => verify({ log, head, key, json }),
  },
  why: { about: 'ACCOUNT_ID', takes: ['log'], run: (accountId, log) => why(log, accountId) },
  evidence: {
    about: 'PROVIDER_ID',
    takes: ['log', 'heads', 'key', 'at', 'to'],
    needs: ['to'],
    run: (providerId, log, { heads = join(dirname(log), headsFolderName), key, at, to = '' }) =>
      evidence(providerId, { log, heads, key, at, to }),
  },
  replay: {
    about: 'READ_MODEL',
    takes: ['log', 'at', 'to'],
    needs: ['to'],
    run: (model, log, { at, to = '' }) => replay(model, { log, at, to }),
  },
};

/** What is wrong with how the command was asked, in one sentence; nothing when it can be done. */
function wrongIn(name: CommandName, given: readonly string[], values: Values): string | undefined {
  const { about, takes, needs = [] } = commands[name];
  if (about !== undefined && given.length === 0) return `${name} wants ${about}.`;
  const more = given[about === undefined ? 0 : 1];
  if (more !== undefined) return `${name} does not know what to do with ${more}.`;
  const other = Object.keys(values).find((option) => !takes.some((known) => known === option));
  if (other !== undefined) return `${name} takes no --${other}.`;
  const missing = needs.find((option) => !values[option]);
  return missing && `${name} wants --${missing}.`;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals, wrong } = parsed(args);
  const [name, ...given] = positionals;
  if (values?.help || name === 'help') {
    process.stdout.write(usageOf(name === 'help' ? given[0] : name));
    return asAsked;
  }
  if (!values || !isCommand(name))
    return refuse(wrong ?? (name === undefined ? 'Say what to do.' : `There is no ${name}.`), name);
  const unfit = wrongIn(name, given, values);
  if (unfit !== undefined) return refuse(unfit, name);
  return await commands[name].run(given[0] ?? '', values.log ?? join(dataFolder(process.env), 'events.db'), values);
}

function refuse(words: string, name: string | undefined): number {
  process.stderr.write(`${words}\n\n${usageOf(name)}`);
  return wrongConfiguration;
}

function parsed(args: string[]) {
  try {
    return { ...parseArgs({ args, options, allowPositionals: true }), wrong: undefined };
  } catch (error) {
    const wrong = error instanceof Error ? error.message : String(error);
    return { values: undefined, positionals: args.slice(0, 1), wrong };
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error);
  },
);
