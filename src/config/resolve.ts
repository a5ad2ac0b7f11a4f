/** The settings as the program uses them: every file with its whole path, and nothing left to be told from ''. */
import { dirname, resolve } from 'node:path';
import { jwksFile } from '../infrastructure/identity/demo-people.js';
import { dataFolder, keysFolder } from './environment.js';
import type { IdentitySettings, Settings } from './shape.js';

interface Folders {
  /** The log, the read models and the vault. */
  readonly data: string;
  /** This program's own keys, never inside the data folder. */
  readonly keys: string;
}

interface Identity {
  readonly issuer: string;
  readonly audience: string;
  /** A URL, or the absolute path of a file. */
  readonly jwks: string;
  /** The keys are those of the demo issuer, which somebody must have opened to make them. */
  readonly demo: boolean;
}

export interface Config extends Omit<Settings, 'identity'> {
  readonly identity: Identity;
  readonly folders: Folders;
}

/** Relative paths in the file start at the file's own folder, those of the environment at the working directory. */
export function resolved(settings: Settings, file: string, env: NodeJS.ProcessEnv): Config {
  const folders = { data: dataFolder(env), keys: keysFolder(env) };
  const beside = (path: string): string => resolve(dirname(file), path);
  return {
    ...settings,
    terms: { folder: beside(settings.terms.folder) },
    identity: identityOf(settings.identity, folders, beside),
    folders,
  };
}

function identityOf(
  { issuer, audience, jwks }: IdentitySettings,
  { keys }: Folders,
  beside: (path: string) => string,
): Identity {
  const demo = jwks === '';
  if (demo) return { issuer, audience, jwks: jwksFile(keys), demo };
  return { issuer, audience, jwks: jwks.includes('://') ? jwks : beside(jwks), demo };
}
