/** What the simulated Secrets Manager remembers of a secret. */
import type { Call } from '../engine/core.js';

/** Kind `secret`, key: region and name. Times are milliseconds since the epoch. */
export interface SecretDocument {
  readonly name: string;
  readonly arn: string;
  /** Of the request that made it, so that a repeat of it is known. */
  readonly token: string;
  readonly value: string;
  readonly deletedAt: number | null;
  /** From when on its name is free again. */
  readonly goneAt: number | null;
}

const kind = 'secret';
const keyOf = ({ region }: Call, name: string): string => `${region}/${name}`;

/** The secret by its name or ARN; `undefined` once it is gone. */
export function secretOf(call: Call, id: string): SecretDocument | undefined {
  const name = /^arn:aws:secretsmanager:[^:]+:\d+:secret:(.+)-.{6}$/.exec(id)?.[1] ?? id;
  const secret = call.documents.get<SecretDocument>(kind, call.account, keyOf(call, name));
  return secret?.goneAt != null && call.now >= secret.goneAt ? undefined : secret;
}

export const putSecret = (call: Call, secret: SecretDocument): void =>
  call.documents.put(kind, call.account, keyOf(call, secret.name), secret);
