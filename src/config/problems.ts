/** What is wrong with a configuration: one problem a mistake, each with its place and what would be right. */
import type { ValidationError } from 'class-validator';
import { knownSettings } from './decorators.js';

export interface ConfigProblem {
  /** Where: a setting such as `payers[0].accountId`, a file with its line, or a variable of the environment. */
  readonly path: string;
  /** The wrong value, where it is one to show; never a secret. */
  readonly value?: unknown;
  readonly problem: string;
  readonly allowed: string;
}

/** The program cannot start with this configuration; the message holds one line a problem. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'InvalidConfig';
  }
}

const longestShown = 80;

function problemText({ path, value, problem, allowed }: ConfigProblem): string {
  const shown = value === undefined || value === null || value === '' ? '' : ` ${shorten(JSON.stringify(value))}`;
  return `${path}:${shown} ${problem}; allowed: ${allowed}.`;
}

const shorten = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);

/** The problems that class-validator found, in the order of the settings, nested ones with their whole path. */
export function problemsIn(errors: readonly ValidationError[], parent = ''): readonly ConfigProblem[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error.property);
    const own = problemOf(error, path);
    return own ? [own] : problemsIn(error.children ?? [], path);
  });
}

function pathOf(parent: string, property: string): string {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
}

function problemOf({ constraints, contexts, target, value }: ValidationError, path: string): ConfigProblem | undefined {
  if (constraints?.is) return { path, value: showable(value), problem: constraints.is, allowed: contexts?.is?.allowed };
  if (constraints?.whitelistValidation)
    return { path, problem: 'is no setting of this program', allowed: knownSettings(target ?? {}).join(', ') };
  return undefined;
}

/** A group of settings is too much to repeat, and a URL with a user in it may hold a password. */
function showable(value: unknown): unknown {
  if (typeof value === 'string') return /:\/\/[^/]*@/.test(value) ? undefined : value;
  return typeof value === 'object' && !(Array.isArray(value) && value.every((v) => typeof v !== 'object'))
    ? undefined
    : value;
}
