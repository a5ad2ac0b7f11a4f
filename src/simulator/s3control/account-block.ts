/** The public access block of a whole account, which may be managed by a policy of its organization. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { accessDenied, malformedXml } from '../s3/errors.js';
import type { Output } from '../s3/output.js';
import { blocks, publicAccessBlock } from '../s3/setting-checks.js';
import type { XmlTree } from '../s3/xml-reader.js';
import { hasOrganizationBlock } from '../world/organization-blocks.js';

/** Kind `s3-account-block`, account, key: the account. */
const kind = 's3-account-block';

const everyBlock: XmlTree = Object.fromEntries(blocks.map((name) => [name, 'true']));

/**
 * A new account has no block of its own. A policy of the organization shows in what is read and refuses what would
 * change it. Source: S3 Control API, GetPublicAccessBlock, PutPublicAccessBlock, DeletePublicAccessBlock.
 */
export const accountBlockOperations: Operations = {
  GetPublicAccessBlock(call): Output {
    const block = inForce(ownAccount(call));
    if (block !== undefined) return { xml: { PublicAccessBlockConfiguration: block } };
    const words = 'The public access block configuration was not found';
    throw new AwsError('NoSuchPublicAccessBlockConfiguration', 404, words, { AccountId: call.account });
  },
  PutPublicAccessBlock(call) {
    const sent = changeable(ownAccount(call)).input.PublicAccessBlockConfiguration;
    if (!isTree(sent)) throw malformedXml();
    call.documents.put(kind, call.account, call.account, publicAccessBlock(sent));
    return {};
  },
  DeletePublicAccessBlock(call) {
    const { documents, account } = changeable(ownAccount(call));
    documents.remove(kind, account, account);
    return {};
  },
};

const inForce = ({ documents, account }: Call): XmlTree | undefined =>
  hasOrganizationBlock(documents, account) ? everyBlock : documents.get<XmlTree>(kind, account, account);

/** @throws AccessDenied for another account's */
function ownAccount(call: Call): Call {
  if (call.input.AccountId !== call.account) throw accessDenied();
  return call;
}

/** @throws AccessDenied while a policy of the organization manages it */
function changeable(call: Call): Call {
  if (hasOrganizationBlock(call.documents, call.account)) throw accessDenied();
  return call;
}

const isTree = (value: unknown): value is XmlTree =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
