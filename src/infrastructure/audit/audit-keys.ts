/** The secret key that signs heads, and the former one, which signs the change to it once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { givenKey, loadKey } from '../secret-keys.js';

const variable = 'PARTNER_CLOUD_AUDIT_KEY';
const formerVariable = 'PARTNER_CLOUD_AUDIT_FORMER_KEY';
const formerName = 'audit-former.key';

/** The keys that the environment gives. Throws InvalidKey for what is none. */
export const givenAuditKeys = (env: NodeJS.ProcessEnv): readonly (Uint8Array | undefined)[] => [
  givenKey(env, variable),
  givenKey(env, formerVariable),
];

export interface AuditKeys {
  /** 32 secret bytes, made in the keys folder (`audit.key`, 0600) where none is given. */
  readonly key: Uint8Array;
  /** The one before it, while `audit-former.key` or the environment still has it. */
  readonly former: Uint8Array | undefined;
}

export function loadAuditKeys(place: { readonly env: NodeJS.ProcessEnv; readonly keysFolder: string }): AuditKeys {
  const hasFormer = existsSync(join(place.keysFolder, formerName));
  return {
    key: loadKey({ ...place, variable, name: 'audit.key' }),
    former: hasFormer
      ? loadKey({ ...place, variable: formerVariable, name: formerName })
      : givenKey(place.env, formerVariable),
  };
}
