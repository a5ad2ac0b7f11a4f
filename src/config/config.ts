/** The configuration: one YAML file and a few variables of the environment, checked whole before anything starts. */
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { basePathsOf, configFile } from './folders.js';
import { overridden } from './overrides.js';
import { type ConfigProblem, InvalidConfig, problemsIn } from './problems.js';
import { type Config, inUse, misfits, overridable, Settings } from './settings.js';
import { readYaml } from './yaml-file.js';

/**
 * Reads the file that PARTNER_CLOUD_CONFIG names (else `config/partner-cloud.yaml`), lays the environment's settings over
 * it and checks everything. Throws {@link InvalidConfig} with all its problems; none repeats a secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const file = configFile(env);
  const { settings: plain, problems } = overridden(overridable, readYaml(file), env);
  const settings = plainToInstance(Settings, plain);
  const wrong = [...problems, ...settingsProblems(settings)];
  if (wrong.length > 0) throw new InvalidConfig(wrong);
  const config = inUse(settings, basePathsOf(file, env));
  const unfit = misfits(config);
  if (unfit.length > 0) throw new InvalidConfig(unfit);
  return config;
}

const settingsProblems = (settings: Settings): readonly ConfigProblem[] =>
  problemsIn(validateSync(settings, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true }));

export { keysFolder } from './folders.js';
export { InvalidConfig } from './problems.js';
export type { Config } from './settings.js';
