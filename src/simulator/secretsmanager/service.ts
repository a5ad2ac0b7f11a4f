/** The simulated Secrets Manager: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { jsonWire } from '../protocol/json.js';
import { secretOperations } from './secrets.js';

/** Secrets of text, without versions of their own, rotation or replication. Source: Secrets Manager API, 2017-10-17. */
export const secretsManager: Service = {
  name: 'secretsmanager',
  wire: jsonWire('secretsmanager'),
  inputs: {
    CreateSecret: ['ClientRequestToken', 'Description', 'KmsKeyId', 'Name', 'SecretString'],
    DeleteSecret: ['ForceDeleteWithoutRecovery', 'RecoveryWindowInDays', 'SecretId'],
    GetSecretValue: ['SecretId'],
  },
  operations: secretOperations,
};
