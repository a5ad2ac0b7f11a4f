/** What the environment says: where files are, and settings that differ from one machine to the next. */
import { resolve } from 'node:path';
import { givenVaultKey, InvalidVaultKey } from '../infrastructure/vault/vault-key.js';
import type { ConfigProblem } from './problems.js';
import { fileOrAddress, hostName, type Rule, webAddress, wholeNumber } from './rules.js';

/** A variable that overrides one setting of the file. */
interface Override {
  readonly variable: string;
  readonly group: string;
  readonly setting: string;
  readonly rule: Rule;
  read(text: string): unknown;
}

const asIs = (text: string): string => text;

const overrides: readonly Override[] = [
  {
    variable: 'PORT',
    group: 'server',
    setting: 'port',
    rule: wholeNumber(0, 65_535),
    read: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  },
  { variable: 'PARTNER_CLOUD_HOST', group: 'server', setting: 'host', rule: hostName, read: asIs },
  { variable: 'PARTNER_CLOUD_AWS_ENDPOINT', group: 'aws', setting: 'endpoint', rule: webAddress, read: asIs },
  {
    variable: 'PARTNER_CLOUD_IDENTITY_JWKS',
    group: 'identity',
    setting: 'jwks',
    rule: fileOrAddress,
    read: (text) => (text.includes('://') ? text : resolve(text)),
  },
];

/** The configuration file's path. */
export const configFile = (env: NodeJS.ProcessEnv): string =>
  resolve(env.PARTNER_CLOUD_CONFIG || 'config/partner-cloud.yaml');

/** Where the log, the read models and the vault are. */
export const dataFolder = (env: NodeJS.ProcessEnv): string => resolve(env.PARTNER_CLOUD_DATA || 'data');

/** Where this program keeps its own keys: outside the data folder, so that a copy of the data opens no secret. */
export const keysFolder = (env: NodeJS.ProcessEnv): string => resolve(env.PARTNER_CLOUD_KEYS || 'keys');

/** The file's settings with those of the environment over them, and what is wrong with the latter. */
export function overridden(
  file: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv,
): { readonly settings: Readonly<Record<string, unknown>>; readonly problems: readonly ConfigProblem[] } {
  const settings: Record<string, unknown> = { ...file };
  const problems: ConfigProblem[] = [...vaultKeyProblems(env)];
  for (const { variable, group, setting, rule, read } of overrides) {
    const text = env[variable];
    if (!text) continue;
    const value = read(text);
    const problem = rule.problem(value);
    if (problem) problems.push({ path: variable, ...shown(text), problem, allowed: rule.allowed });
    else if (isGroup(settings[group])) settings[group] = { ...settings[group], [setting]: value };
  }
  return { settings, problems };
}

/** A group that is left out has its own defaults, so it may be made here; one of a wrong kind is reported as it is. */
const isGroup = (group: unknown): group is object | undefined =>
  group === undefined || (typeof group === 'object' && group !== null && !Array.isArray(group));

const shown = (text: string): { value?: string } => (text.includes('@') ? {} : { value: text });

function vaultKeyProblems(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    givenVaultKey(env);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidVaultKey)) throw error;
    return [{ path: error.source, problem: error.problem, allowed: error.allowed }];
  }
}
