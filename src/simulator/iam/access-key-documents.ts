/** The long-term access keys of users, looked up by their ids alone. */
import type { Documents } from '../engine/core.js';

/** Kind `iam-access-key`, account `*`, key: its id, since a signature names nothing else. */
export interface AccessKeyDocument {
  readonly accessKeyId: string;
  readonly account: string;
  readonly userName: string;
  readonly active: boolean;
  readonly createdAt: number;
}

const kind = 'iam-access-key';
const everywhere = '*';

/** The key of an id, of whatever account. */
export const accessKey = (documents: Documents, id: string): AccessKeyDocument | undefined =>
  documents.get<AccessKeyDocument>(kind, everywhere, id);

/** The keys of a user, by id. */
export const keysOf = (documents: Documents, account: string, userName: string): readonly AccessKeyDocument[] =>
  documents
    .list<AccessKeyDocument>(kind, everywhere)
    .filter((key) => key.account === account && key.userName === userName);

export const keepKey = (documents: Documents, key: AccessKeyDocument): void =>
  documents.put(kind, everywhere, key.accessKeyId, key);

export const removeKey = (documents: Documents, { accessKeyId }: AccessKeyDocument): void =>
  documents.remove(kind, everywhere, accessKeyId);
