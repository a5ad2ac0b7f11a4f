/** S3's own protocol: REST with XML bodies, the bucket in the path or in the host. */
import { AwsError, type Wire, type WireRequest, type WireResponse } from '../engine/core.js';
import { escapeXml, xmlElement } from '../protocol/xml.js';
import { malformedXml, regionHeader } from './errors.js';
import type { Output } from './output.js';
import { type Route, routeOf } from './routes.js';
import { readXml } from './xml-reader.js';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Headers that are members of the input. Source: S3 API, the operations' request syntax. */
const headerMembers: Readonly<Record<string, string>> = {
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-bucket-namespace': 'BucketNamespace',
  'x-amz-object-ownership': 'ObjectOwnership',
  'x-amz-acl': 'ACL',
  'x-amz-bucket-object-lock-enabled': 'ObjectLockEnabledForBucket',
  'x-amz-object-lock-mode': 'ObjectLockMode',
  'x-amz-object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
};

/** Headers of a new object that ask for something, though elsewhere they are the transport's. */
const headersOfObjects: Readonly<Record<string, string>> = {
  'if-none-match': 'if-none-match',
  'content-md5': 'ContentMD5',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
};

/** Headers of the transport: who signs, how the body is summed up and framed. They ask for nothing. */
const transport =
  /^x-amz-(date|content-sha256|security-token|user-agent|sdk-checksum-algorithm|checksum-.*|trailer|decoded-content-length|request-id)$/;

/**
 * The wire of S3. A body becomes a tree under the name of its root element, a policy its text; query parameters keep
 * their names. Throws MalformedXML for a body that is not the operation's document. Source: S3 API, REST API.
 */
export const restWire: Wire = {
  speaks: ({ headers }) =>
    headers['x-amz-target'] === undefined && !headers['content-type']?.startsWith('application/x-www-form-urlencoded'),
  decode(request) {
    const { bucket, key } = placeOf(request);
    const route = routeOf(request.method, bucket, key, request.query);
    if (!route) return undefined;
    const { 'x-id': _name, [route.resource ?? '']: _resource, ...query } = request.query;
    return {
      operation: route.operation,
      input: {
        ...query,
        ...(bucket === '' ? {} : { Bucket: bucket }),
        ...(key === '' ? {} : { Key: key }),
        ...fromHeaders(request),
        ...(route.operation === 'PutObject' ? ofNewObject(request) : {}),
        ...fromBody(request, route),
      },
    };
  },
  encode(operation, output, requestId) {
    const { headers = {}, xml, text }: Output = output;
    const status = operation.startsWith('Delete') || noContent.has(operation) ? 204 : 200;
    const type = text === undefined ? 'application/xml' : 'application/json';
    const body = text ?? (xml ? document(xml) : '');
    return answer(status, { ...(body === '' ? {} : { 'content-type': type }), ...headers }, body, requestId);
  },
  fail(error, requestId) {
    const { [regionHeader]: region, ...members } = error.members;
    const content = { Code: error.code, Message: error.message, ...members, RequestId: requestId, HostId: hostId };
    const headers = { 'content-type': 'application/xml', ...(region ? { [regionHeader]: String(region) } : {}) };
    return answer(error.status, headers, declaration + elements('Error', content), requestId);
  },
};

/** Source: S3 API, the response syntax of both operations. */
const noContent: ReadonlySet<string> = new Set(['PutBucketPolicy', 'PutBucketTagging']);

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const hostId = 'simulator';

function answer(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  requestId: string,
): WireResponse {
  return { status, headers: { ...headers, 'x-amz-request-id': requestId, 'x-amz-id-2': hostId }, body };
}

function document(xml: Readonly<Record<string, unknown>>): string {
  const [[root, content] = ['', '']] = Object.entries(xml);
  const written = elements(root, content);
  return declaration + written.replace(`<${root}>`, `<${root} xmlns="${escapeXml(namespace)}">`);
}

/** An element, or for a list one element of the name for each entry: S3's lists have no element around them. */
function elements(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((entry: unknown) => elements(name, entry)).join('');
  if (typeof value !== 'object' || value === null || value instanceof Date) return xmlElement(name, value);
  const content = Object.entries(value).map(([child, inner]) => elements(child, inner));
  return `<${name}>${content.join('')}</${name}>`;
}

/** `bucket.s3.eu-west-1.amazonaws.com`, `bucket.s3.amazonaws.com`, and for local use `bucket.localhost`. */
const virtualHost = /^(?<bucket>.+)\.(s3([.-][a-z\d-]+)?\.amazonaws\.com|localhost)$/;

function placeOf({ headers, path }: WireRequest): { readonly bucket: string; readonly key: string } {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const inHost = virtualHost.exec(host)?.groups?.bucket;
  const steps = decoded(path.replace(/^\//, ''));
  if (inHost) return { bucket: inHost, key: steps };
  const end = steps.indexOf('/');
  return end < 0 ? { bucket: steps, key: '' } : { bucket: steps.slice(0, end), key: steps.slice(end + 1) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidURI', 400, "Couldn't parse the specified URI.");
  }
}

/** Headers that are no members known here keep their names, so that they are refused by them. */
const fromHeaders = ({ headers }: WireRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([header]) => header.startsWith('x-amz-') && !transport.test(header))
      .map(([header, value]) => [headerMembers[header] ?? header, value]),
  );

const ofNewObject = ({ headers }: WireRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headersOfObjects).flatMap(([header, member]) =>
      headers[header] === undefined ? [] : [[member, headers[header]]],
    ),
  );

function fromBody({ body }: WireRequest, { root, text }: Route): Readonly<Record<string, unknown>> {
  const sent = Buffer.from(body).toString('utf8');
  if (text) return { [text]: sent };
  if (!root) return {};
  if (sent.trim() === '') {
    if (root === 'CreateBucketConfiguration') return {};
    throw new AwsError('MissingRequestBodyError', 400, 'Request Body is empty');
  }
  const read = readXml(sent);
  if (read.root !== root) throw malformedXml();
  return { [root]: read.content };
}
