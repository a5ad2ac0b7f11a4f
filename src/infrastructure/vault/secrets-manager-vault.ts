/**
 * The vault in AWS Secrets Manager, which several instances share: a secret for each name and generation.
 * Source: Secrets Manager API, CreateSecret, GetSecretValue, DeleteSecret.
 */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Kept, type Vault, VaultDamaged } from '../../application/ports/vault.js';

export interface SecretsManagerVaultOptions {
  readonly client: SecretsManagerClient;
  /** What the names of all secrets begin with. */
  readonly prefix: string;
  /** The key that AWS seals them with; the account's own one unless given. */
  readonly kmsKeyId: string | undefined;
}

/** A secret that was made a moment ago is not to be seen yet; the step is tried again. */
class SecretNotSeenYet extends Error {}

/**
 * How long a secret that is to be deleted bars its name, which is the least that AWS takes. It costs nothing then, nobody can
 * read it, and a writer that is later than this has given up long before.
 */
const barredDays = 7;

/** The three calls, each with what its refusals mean; other errors of AWS are passed on as they are. */
function secretsOf({ client, kmsKeyId }: SecretsManagerVaultOptions) {
  async function create(id: string, value: string): Promise<'created' | 'exists' | 'destroyed'> {
    try {
      const secret = { Name: id, SecretString: JSON.stringify({ value }), KmsKeyId: kmsKeyId };
      await client.send(new CreateSecretCommand(secret));
      return 'created';
    } catch (error) {
      if (nameOf(error) === 'ResourceExistsException') return 'exists';
      if (isMarkedForDeletion(error)) return 'destroyed';
      throw error;
    }
  }

  async function keptNow(id: string): Promise<Kept> {
    try {
      const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: id }));
      return { state: 'kept', value: valueIn(SecretString, id) };
    } catch (error) {
      if (nameOf(error) === 'ResourceNotFoundException') return { state: 'absent' };
      if (isMarkedForDeletion(error)) return { state: 'destroyed' };
      throw error;
    }
  }

  async function remove(id: string): Promise<'removed' | 'absent'> {
    try {
      await client.send(new DeleteSecretCommand({ SecretId: id, RecoveryWindowInDays: barredDays }));
      return 'removed';
    } catch (error) {
      if (isMarkedForDeletion(error)) return 'removed';
      if (nameOf(error) === 'ResourceNotFoundException') return 'absent';
      throw error;
    }
  }

  return { create, keptNow, remove };
}

/** Opens it; no call is made yet. Errors of AWS are passed on as they are. */
export function openSecretsManagerVault(options: SecretsManagerVaultOptions): Vault {
  const { create, keptNow, remove } = secretsOf(options);
  const idOf = (name: string, generation: number): string => `${options.prefix}/${encoded(name)}/${generation}`;
  return {
    async putIfAbsent(name, generation, value) {
      const id = idOf(name, generation);
      const outcome = await create(id, value);
      if (outcome === 'destroyed') return { state: 'destroyed' };
      if (outcome === 'created') return { state: 'kept', value };
      const kept = await keptNow(id);
      if (kept.state === 'absent') throw new SecretNotSeenYet(`The secret ${id} was just made and cannot be read yet.`);
      return kept;
    },
    get: (name, generation) => keptNow(idOf(name, generation)),
    async destroy(name, generation) {
      const id = idOf(name, generation);
      if ((await remove(id)) === 'removed') return;
      // What never was is made for a moment, so that its name is barred.
      await create(id, '');
      await remove(id);
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** AWS has one code for several refusals; its words tell them apart. */
const isMarkedForDeletion = (error: unknown): boolean =>
  nameOf(error) === 'InvalidRequestException' && /deletion/.test((error as Error).message);

function valueIn(text: string, id: string): string {
  try {
    const { value } = JSON.parse(text) as { readonly value?: unknown };
    if (typeof value === 'string') return value;
  } catch {
    // It is told below what is wrong with it.
  }
  throw new VaultDamaged(`The secret ${id} was changed from outside; new credentials (reissue) take its place.`);
}

/** Names of secrets take few characters; any other one becomes `=` and its number, so that no two names meet. */
const encoded = (name: string): string =>
  name.replace(/[^A-Za-z0-9/_+.@-]/gu, (char) => `=${char.codePointAt(0)?.toString(16)}=`);
