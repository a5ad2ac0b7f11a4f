/** S3 Control's protocol: REST with XML bodies under a path of its own, the account in a header. */
import type { OperationInputs, Wire, WireRequest } from '../engine/core.js';
import { malformedXml } from '../s3/errors.js';
import { restWire } from '../s3/rest.js';
import { blocks } from '../s3/setting-checks.js';
import { readXml } from '../s3/xml-reader.js';

const path = '/v20180820/configuration/publicAccessBlock';
const root = 'PublicAccessBlockConfiguration';

const operations: Readonly<Record<string, string>> = {
  GET: 'GetPublicAccessBlock',
  PUT: 'PutPublicAccessBlock',
  DELETE: 'DeletePublicAccessBlock',
};

/** Source: S3 Control API, the request syntax of each operation. */
export const inputs: OperationInputs = {
  GetPublicAccessBlock: ['AccountId'],
  PutPublicAccessBlock: ['AccountId', ...blocks.map((name) => `${root}.${name}`)],
  DeletePublicAccessBlock: ['AccountId'],
};

/** Answers and errors are as S3 writes them. Source: S3 Control API. */
export const s3ControlWire: Wire = {
  ...restWire,
  speaks: (request) => request.path.startsWith('/v20180820/'),
  decode(request) {
    const operation = request.path === path ? operations[request.method] : undefined;
    if (operation === undefined) return undefined;
    const account = request.headers['x-amz-account-id'];
    return { operation, input: { ...(account === undefined ? {} : { AccountId: account }), ...documentIn(request) } };
  },
};

function documentIn({ method, body }: WireRequest): Readonly<Record<string, unknown>> {
  if (method !== 'PUT') return {};
  const read = readXml(Buffer.from(body).toString('utf8'));
  if (read.root !== root) throw malformedXml();
  return { [root]: read.content };
}
