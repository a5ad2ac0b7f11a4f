/** Where the environment says that files are. */
import { dirname, resolve, sep } from 'node:path';
import type { ConfigProblem } from './problems.js';
import type { BasePaths, Folders } from './section.js';

/** The configuration file's path. */
export const configFile = (env: NodeJS.ProcessEnv): string =>
  resolve(env.PARTNER_CLOUD_CONFIG || 'config/partner-cloud.yaml');

/** Where the log, the read models and the vault are. */
export const dataFolder = (env: NodeJS.ProcessEnv): string => resolve(env.PARTNER_CLOUD_DATA || 'data');

/** Where this program keeps its own keys: outside the data folder, so that a copy of the data opens no secret. */
export const keysFolder = (env: NodeJS.ProcessEnv): string => resolve(env.PARTNER_CLOUD_KEYS || 'keys');

/** Relative paths in the file start at the file's own folder, those of the environment at the working directory. */
export const basePathsOf = (file: string, env: NodeJS.ProcessEnv): BasePaths => ({
  beside: (path) => resolve(dirname(file), path),
  folders: { data: dataFolder(env), keys: keysFolder(env) },
});

/** Keys that lie in the data folder would be copied with it. */
export const folderProblems = ({ folders: { data, keys } }: { readonly folders: Folders }): readonly ConfigProblem[] =>
  (keys + sep).startsWith(data + sep)
    ? [
        {
          path: 'PARTNER_CLOUD_KEYS',
          value: keys,
          problem: `lies in the data folder ${data}`,
          allowed: 'a folder outside, so that a copy of the data opens no secret',
        },
      ]
    : [];
