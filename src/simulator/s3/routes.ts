/** Which operation a request is: by its method and the sub-resource in its query. */
import { settings } from './settings.js';

/** An operation's name, and the element its body must be; no element: the body is no XML. */
export interface Route {
  readonly operation: string;
  readonly root?: string;
  /** The member for a body that is taken as text. */
  readonly text?: string;
  /** The sub-resource of the query that names the operation. */
  readonly resource?: string;
}

/**
 * Sub-resources that are not simulated, so that calls of them are counted under their names.
 * Source: S3 API, the request syntax of the operations on buckets.
 */
const unmodelled: Readonly<Record<string, string>> = {
  abac: 'BucketAbac',
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  'intelligent-tiering': 'BucketIntelligentTieringConfiguration',
  inventory: 'BucketInventoryConfiguration',
  logging: 'BucketLogging',
  metadataConfiguration: 'BucketMetadataConfiguration',
  metadataTable: 'BucketMetadataTableConfiguration',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  website: 'BucketWebsite',
};

const verbs = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' } as const;

const routesOf = (resource: string, name: string): (readonly [string, Route])[] =>
  Object.entries(verbs).map(([method, verb]) => [`${method} ${resource}`, { operation: `${verb}${name}` }]);

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
  'GET uploads': { operation: 'ListMultipartUploads' },
  'POST delete': { operation: 'DeleteObjects' },
  'GET session': { operation: 'CreateSession' },
  ...Object.fromEntries(Object.entries(unmodelled).flatMap(([resource, name]) => routesOf(resource, name))),
  ...Object.fromEntries(
    settings.flatMap(({ operation, removal, resource, root }) => [
      [`PUT ${resource}`, { operation: `Put${operation}`, root }],
      [`GET ${resource}`, { operation: `Get${operation}` }],
      ...(removal ? [[`DELETE ${resource}`, { operation: removal }]] : []),
    ]),
  ),
};

/** Operations on objects. */
const objectRoutes: Readonly<Record<string, Route>> = {
  GET: { operation: 'GetObject' },
  HEAD: { operation: 'HeadObject' },
  PUT: { operation: 'PutObject', text: 'Body' },
  DELETE: { operation: 'DeleteObject' },
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
  if (key !== '') return objectRoutes[method];
  const resource = Object.keys(query).find((name) => name !== '' && resources.has(name)) ?? '';
  const route = bucketRoutes[`${method} ${resource}`];
  return route && { ...route, ...(resource !== '' && { resource }) };
}
