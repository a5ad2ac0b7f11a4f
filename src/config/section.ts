/** What a section of the configuration is: its rule, its default, what the environment may override, and what must fit. */
import type { ConfigProblem } from './problems.js';
import type { Rule } from './rules.js';

/** Where the settings come from: relative paths in the file start at the file's own folder. */
export interface BasePaths {
  beside(path: string): string;
  readonly folders: Folders;
}

export interface Folders {
  /** The log, the read models and the vault. */
  readonly data: string;
  /** This program's own keys. */
  readonly keys: string;
}

/** A variable of the environment that overrides one setting of a section. */
export interface Override {
  readonly variable: string;
  readonly setting: string;
  readonly rule: Rule;
  /** The variable's text as the setting's value. */
  read(text: string): unknown;
}

/** Settings that must fit each other; asked only when each of them is right by itself. `Needs` are the sections it looks at. */
export type Check<Needs> = (config: Needs) => readonly ConfigProblem[];

/** `Stated` is the section as it stands in the file, `Used` the same as the program uses it. */
export interface Section<Stated, Used, Needs> {
  /** Ties the section's rule to its name among the settings. */
  readonly rule: PropertyDecorator;
  /** The section where the file has none; without it the section must be there. */
  otherwise?(): unknown;
  readonly overrides?: readonly Override[];
  /** What is wrong with variables that hold no setting, such as a secret. */
  wrongVariables?(env: NodeJS.ProcessEnv): readonly ConfigProblem[];
  /** Makes whole paths of relative ones, and leaves nothing to be told from `''`. */
  used(stated: Stated, paths: BasePaths): Used;
  readonly checks: readonly Check<Needs>[];
}

/** A section that is used as it stands and fits whatever else is configured. */
export function plainSection<Stated>(
  rule: PropertyDecorator,
  more: Partial<Pick<Section<Stated, Stated, unknown>, 'otherwise' | 'overrides' | 'wrongVariables'>> = {},
): Section<Stated, Stated, unknown> {
  return { rule, ...more, used: (stated) => stated, checks: [] };
}
