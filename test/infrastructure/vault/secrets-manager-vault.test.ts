/** The vault in Secrets Manager: the contract, and what is left there of what was destroyed. */
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VaultDamaged } from '../../../src/application/ports/vault.js';
import { openSecretsManagerVault } from '../../../src/infrastructure/vault/secrets-manager-vault.js';
import { SimulatedAws } from '../../support/simulated-payer.js';
import { vaultContract } from './contract.js';

const over = (aws: SimulatedAws) => {
  const client = new SecretsManagerClient(aws.as(undefined, 'eu-west-1'));
  return { client, vault: openSecretsManagerVault({ client, prefix: 'partner-cloud', kmsKeyId: undefined }) };
};

vaultContract('the vault in Secrets Manager', async () => {
  const aws = new SimulatedAws();
  return { vault: over(aws).vault, reopen: async () => over(aws).vault, close: async () => aws.close() };
});

let aws: SimulatedAws;
beforeEach(() => {
  aws = new SimulatedAws();
});
afterEach(() => aws.close());

test('the name of a secret carries the generation, and the value is in no record of calls', async () => {
  const { client, vault } = over(aws);
  await vault.putIfAbsent('credentials/a', 2, 'hidden-value');
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'partner-cloud/credentials/a/2' }));
  expect(SecretString).toBe('{"value":"hidden-value"}');
  expect(aws.ask('GET', '/_simulator/calls').body).not.toContain('hidden-value');
});

test('what was destroyed is not kept for ever, and its name is barred for a week', async () => {
  const { vault } = over(aws);
  await vault.putIfAbsent('credentials/a', 1, 'first');
  await vault.destroy('credentials/a', 1);
  aws.passes(6 * 86_400_000);
  expect(await vault.putIfAbsent('credentials/a', 1, 'late')).toEqual({ state: 'destroyed' });
  aws.passes(86_400_000);
  expect(await vault.get('credentials/a', 1)).toEqual({ state: 'absent' });
});

test('a secret that somebody else wrote is said to be damaged', async () => {
  const { client, vault } = over(aws);
  await client.send(new CreateSecretCommand({ Name: 'partner-cloud/credentials/a/1', SecretString: 'plain' }));
  await expect(vault.get('credentials/a', 1)).rejects.toThrow(VaultDamaged);
});
