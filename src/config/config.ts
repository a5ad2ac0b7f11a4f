/** The configuration: one YAML file and a few variables of the environment, checked whole before anything starts. */
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { crossProblems } from './cross-checks.js';
import { configFile, overridden } from './environment.js';
import { type ConfigProblem, InvalidConfig, problemsIn } from './problems.js';
import { type Config, resolved } from './resolve.js';
import { Settings } from './shape.js';
import { readYaml } from './yaml-file.js';

/**
 * Reads the file that PARTNER_CLOUD_CONFIG names (else `config/partner-cloud.yaml`), lays the environment's settings over
 * it and checks everything. Throws {@link InvalidConfig} with one problem a mistake; no problem repeats a secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const file = configFile(env);
  const { settings: plain, problems } = overridden(readYaml(file), env);
  const settings = plainToInstance(Settings, plain);
  const wrong = [...problems, ...mistakes(settings)];
  if (wrong.length > 0) throw new InvalidConfig(wrong);
  const config = resolved(settings, file, env);
  const misfits = crossProblems(config);
  if (misfits.length > 0) throw new InvalidConfig(misfits);
  return config;
}

const mistakes = (settings: Settings): readonly ConfigProblem[] =>
  problemsIn(validateSync(settings, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true }));

export { keysFolder } from './environment.js';
export { InvalidConfig } from './problems.js';
export type { Config } from './resolve.js';
