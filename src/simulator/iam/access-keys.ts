/** Access keys of users: long-term credentials, two a user at most. The secret is answered once and kept nowhere. */
import type { Call, Operations } from '../engine/core.js';
import { type AccessKeyDocument, accessKey, keepKey, keysOf, removeKey } from './access-key-documents.js';
import { existing, visible } from './entities.js';
import { limitExceeded, noSuchEntity } from './errors.js';
import { optionalWord, text } from './input.js';
import { page } from './pages.js';
import { userNameOf } from './users.js';

/** Source: IAM User Guide, IAM and AWS STS quotas. */
const most = 2;

/** Source: IAM API, CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey. */
export const accessKeyOperations: Operations = {
  CreateAccessKey(call) {
    const { userName } = existing(call, 'user', userNameOf(call));
    if (keysOf(call.documents, call.account, userName).length >= most) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${most}`);
    }
    const accessKeyId = `AKIA${call.uniqueId(16).toUpperCase()}`;
    const key = { accessKeyId, account: call.account, userName, active: true, createdAt: call.now };
    keepKey(call.documents, key);
    return { AccessKey: { ...described(key), SecretAccessKey: call.uniqueId(40) } };
  },
  ListAccessKeys(call) {
    const { userName } = visible(call, 'user', userNameOf(call));
    return page(call, 'AccessKeyMetadata', keysOf(call.documents, call.account, userName).map(described));
  },
  UpdateAccessKey(call) {
    const active = optionalWord(call, 'Status', ['Active', 'Inactive']) !== 'Inactive';
    keepKey(call.documents, { ...found(call), active });
    return {};
  },
  DeleteAccessKey(call) {
    removeKey(call.documents, found(call));
    return {};
  },
};

/** @throws NoSuchEntity */
function found(call: Call): AccessKeyDocument {
  const { userName } = existing(call, 'user', userNameOf(call));
  const id = text(call, 'AccessKeyId');
  const key = accessKey(call.documents, id);
  if (key?.account === call.account && key.userName === userName) return key;
  throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}

const described = ({ accessKeyId, userName, active, createdAt }: AccessKeyDocument) => ({
  UserName: userName,
  AccessKeyId: accessKeyId,
  Status: active ? 'Active' : 'Inactive',
  CreateDate: new Date(createdAt),
});
