/** Settings that differ from one machine to the next, laid over those of the file. */
import type { ConfigProblem } from './problems.js';
import type { Override } from './section.js';

/** What a section says about the environment, with the section's name. */
export interface Overridable {
  readonly name: string;
  readonly overrides: readonly Override[];
  wrongVariables(env: NodeJS.ProcessEnv): readonly ConfigProblem[];
}

/** The file's settings with those of the environment over them, and what is wrong with the latter. */
export function overridden(
  sections: readonly Overridable[],
  file: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv,
): { readonly settings: Readonly<Record<string, unknown>>; readonly problems: readonly ConfigProblem[] } {
  const settings: Record<string, unknown> = { ...file };
  const problems = sections.flatMap((section) => section.wrongVariables(env));
  for (const { name, overrides } of sections)
    for (const { variable, setting, rule, read } of overrides) {
      const text = env[variable];
      if (!text) continue;
      const value = read(text);
      const problem = rule.problem(value);
      const group = settings[name];
      if (problem) problems.push({ path: variable, ...shown(text), problem, allowed: rule.allowed });
      else if (isGroup(group)) settings[name] = { ...group, [setting]: value };
    }
  return { settings, problems };
}

/** A group that is left out has its own defaults, so it may be made here; one of a wrong kind is reported as it is. */
const isGroup = (group: unknown): group is object | undefined =>
  group === undefined || (typeof group === 'object' && group !== null && !Array.isArray(group));

const shown = (text: string): { value?: string } => (text.includes('@') ? {} : { value: text });
