/** Where temporary passwords lie, and the key that seals them, which never stands in the file. */
import { InvalidKey } from '../../infrastructure/secret-keys.js';
import { givenVaultKey } from '../../infrastructure/vault/vault-key.js';
import { Group, Is } from '../decorators.js';
import type { ConfigProblem } from '../problems.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

export class VaultSettings {
  @Is(oneOf('sqlite')) readonly kind: string = 'sqlite';
}

function vaultKeyProblems(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    givenVaultKey(env);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidKey)) throw error;
    return [{ path: error.source, problem: error.problem, allowed: error.allowed }];
  }
}

export const vault = plainSection<VaultSettings>(
  Group(() => VaultSettings),
  { otherwise: () => new VaultSettings(), wrongVariables: vaultKeyProblems },
);
