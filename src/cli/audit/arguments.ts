/** What a command line of the audit asks for, or what is wrong with it in one sentence. */
import { parseArgs } from 'node:util';
import { type CommandName, isCommand } from './usage.js';

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

export type Values = ReturnType<typeof parseArgs<{ readonly options: typeof options }>>['values'];

interface Form {
  /** What must stand behind the command's name, if anything must. */
  readonly about?: string;
  readonly takes: readonly (keyof Values)[];
  readonly needs?: readonly (keyof Values)[];
}

const forms: Readonly<Record<CommandName, Form>> = {
  verify: { takes: ['log', 'head', 'key', 'json'] },
  why: { about: 'ACCOUNT_ID', takes: ['log'] },
  evidence: { about: 'PROVIDER_ID', takes: ['log', 'heads', 'key', 'at', 'to'], needs: ['to'] },
  replay: { about: 'READ_MODEL', takes: ['log', 'at', 'to'], needs: ['to'] },
};

export type Asked =
  | { readonly kind: 'help'; readonly name: string | undefined }
  | { readonly kind: 'wrong'; readonly name: string | undefined; readonly words: string }
  | { readonly kind: 'command'; readonly name: CommandName; readonly about: string; readonly values: Values };

export function askedFor(args: readonly string[]): Asked {
  const { values, positionals, words } = parsed(args);
  const [name, ...given] = positionals;
  if (name === 'help') return { kind: 'help', name: given[0] };
  if (!values) return { kind: 'wrong', name, words };
  if (values.help) return { kind: 'help', name };
  if (!isCommand(name))
    return { kind: 'wrong', name, words: name === undefined ? 'Say what to do.' : `There is no ${name}.` };
  const wrong = wrongIn(name, given, values);
  return wrong === undefined
    ? { kind: 'command', name, about: given[0] ?? '', values }
    : { kind: 'wrong', name, words: wrong };
}

function wrongIn(name: CommandName, given: readonly string[], values: Values): string | undefined {
  const { about, takes, needs = [] } = forms[name];
  if (about !== undefined && given.length === 0) return `${name} wants ${about}.`;
  const more = given[about === undefined ? 0 : 1];
  if (more !== undefined) return `${name} does not know what to do with ${more}.`;
  const other = Object.keys(values).find((option) => !takes.some((known) => known === option));
  if (other !== undefined) return `${name} takes no --${other}.`;
  const missing = needs.find((option) => !values[option]);
  return missing && `${name} wants --${missing}.`;
}

function parsed(args: readonly string[]) {
  try {
    return { ...parseArgs({ args: [...args], options, allowPositionals: true }), words: '' };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { values: undefined, positionals: args.slice(0, 1), words };
  }
}
