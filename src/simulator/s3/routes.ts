/** Which operation a request is: by its method and the sub-resource in its query. */
import { settings } from './settings.js';

/** An operation's name, and the element its body must be; no element: the body is no XML. */
export interface Route {
  readonly operation: string;
  readonly root?: string;
  /** The member for a body that is taken as text. */
  readonly text?: string;
}

/** `METHOD` and the sub-resource that the query names, which is empty for the bucket itself. */
const bucketRoutes: Readonly<Record<string, Route>> = {
  'PUT ': { operation: 'CreateBucket', root: 'CreateBucketConfiguration' },
  'HEAD ': { operation: 'HeadBucket' },
  'DELETE ': { operation: 'DeleteBucket' },
  'GET location': { operation: 'GetBucketLocation' },
  'PUT policy': { operation: 'PutBucketPolicy', text: 'Policy' },
  'GET policy': { operation: 'GetBucketPolicy' },
  'DELETE policy': { operation: 'DeleteBucketPolicy' },
  'GET policyStatus': { operation: 'GetBucketPolicyStatus' },
  'GET ': { operation: 'ListObjects' },
  'GET list-type': { operation: 'ListObjectsV2' },
  'GET versions': { operation: 'ListObjectVersions' },
  'GET acl': { operation: 'GetBucketAcl' },
  'PUT acl': { operation: 'PutBucketAcl' },
  'GET logging': { operation: 'GetBucketLogging' },
  'PUT logging': { operation: 'PutBucketLogging' },
  'POST delete': { operation: 'DeleteObjects' },
  ...Object.fromEntries(
    settings.flatMap(({ operation, removal, resource, root }) => [
      [`PUT ${resource}`, { operation: `Put${operation}`, root }],
      [`GET ${resource}`, { operation: `Get${operation}` }],
      ...(removal ? [[`DELETE ${resource}`, { operation: removal }]] : []),
    ]),
  ),
};

/** Operations on objects have names, so that calls of them can be counted, but are not simulated. */
const objectRoutes: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

const resources = new Set(Object.keys(bucketRoutes).map((key) => key.slice(key.indexOf(' ') + 1)));

/** The route of a request, or `undefined` when S3 has none that is known here. */
export function routeOf(
  method: string,
  bucket: string,
  key: string,
  query: Readonly<Record<string, string>>,
): Route | undefined {
  if (bucket === '') return method === 'GET' ? { operation: 'ListBuckets' } : undefined;
  const operation = objectRoutes[method];
  if (key !== '') return operation === undefined ? undefined : { operation };
  const resource = Object.keys(query).find((name) => name !== '' && resources.has(name)) ?? '';
  return bucketRoutes[`${method} ${resource}`];
}
