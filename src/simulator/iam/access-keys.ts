/** Access keys of users: none can be made here, so that there is none to list or to delete. */
import type { Operations } from '../engine/core.js';
import { existing, visible } from './entities.js';
import { noSuchEntity } from './errors.js';
import { text } from './input.js';
import { page } from './pages.js';
import { userNameOf } from './users.js';

/** Source: IAM API, ListAccessKeys, DeleteAccessKey. */
export const accessKeyOperations: Operations = {
  ListAccessKeys(call) {
    visible(call, 'user', userNameOf(call));
    return page(call, 'AccessKeyMetadata', []);
  },
  DeleteAccessKey(call) {
    existing(call, 'user', userNameOf(call));
    throw noSuchEntity(`The Access Key with id ${text(call, 'AccessKeyId')} cannot be found.`);
  },
};
