/** AWS Query: a form body with dotted member names in, XML out; spoken by IAM and STS. */
import { AwsError, type Wire, type WireRequest, type WireResponse } from '../engine/core.js';
import { escapeXml, xmlElement, xmlMembers } from './xml.js';

interface QueryProtocol {
  /** The API version of the service, such as `2010-05-08`. */
  readonly version: string;
  /** The XML namespace of its answers, such as `https://iam.amazonaws.com/doc/2010-05-08/`. */
  readonly namespace: string;
  /** The operations that answer an empty result element; others that return nothing answer none. */
  readonly emptyResults?: readonly string[];
}

/**
 * The wire of a Query service. Input members are strings, arrays (`Tags.member.1.Key`) and objects of them; an empty
 * list arrives as an empty string, because the form says no more. Output arrays become `member` elements, a Map
 * becomes `entry` elements; an output without members has no result element, as AWS answers operations that return
 * nothing, but for those whose model has a result without members. Source: Smithy, AWS query protocol; the SDK's `AwsQueryProtocol`.
 */
export function queryWire({ version, namespace, emptyResults = [] }: QueryProtocol): Wire {
  return {
    speaks: (request) => parametersOf(request).get('Version') === version,
    decode(request) {
      const parameters = parametersOf(request);
      const operation = parameters.get('Action');
      if (operation === undefined || operation === '') return undefined;
      refuseOtherVersion(operation, parameters.get('Version'), version);
      parameters.delete('Action');
      parameters.delete('Version');
      return { operation, input: nested(parameters) };
    },
    encode(operation, output, requestId) {
      const members = xmlMembers(output);
      const result =
        members === '' && !emptyResults.includes(operation)
          ? ''
          : `<${operation}Result>${members}</${operation}Result>`;
      const metadata = xmlElement('ResponseMetadata', { RequestId: requestId });
      return answer(200, `${operation}Response`, namespace, result + metadata, requestId);
    },
    fail({ code, status, message, members }, requestId) {
      const type = status < 500 ? 'Sender' : 'Receiver';
      const error = xmlElement('Error', { Type: type, Code: code, Message: message, ...members });
      return answer(status, 'ErrorResponse', namespace, error + xmlElement('RequestId', requestId), requestId);
    },
  };
}

function answer(status: number, root: string, namespace: string, content: string, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${root} xmlns="${escapeXml(namespace)}">${content}</${root}>`,
  };
}

/** Only a version named wrongly is refused; AWS takes its default where none is named. */
function refuseOtherVersion(operation: string, asked: string | undefined, version: string): void {
  if (asked === undefined || asked === version) return;
  throw new AwsError('InvalidAction', 400, `Could not find operation ${operation} for version ${asked}`);
}

function parametersOf({ query, body }: WireRequest): Map<string, string> {
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
  return new Map([...Object.entries(query), ...form]);
}

type Tree = Map<string, Tree | string>;

/** `a.member.2.b=x` is a path: first a tree of all paths, then lists and maps where the tree says so. */
function nested(parameters: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const root: Tree = new Map();
  for (const [name, value] of parameters) plant(root, name.split('.'), value);
  return Object.fromEntries([...root].map(([name, branch]) => [name, shaped(branch)]));
}

function plant(tree: Tree, path: readonly string[], value: string): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (rest.length === 0) {
    tree.set(step, value);
    return;
  }
  const found = tree.get(step);
  const branch: Tree = found instanceof Map ? found : new Map();
  tree.set(step, branch);
  plant(branch, rest, value);
}

function shaped(branch: Tree | string): unknown {
  if (typeof branch === 'string') return branch;
  const members = branch.get('member');
  if (branch.size === 1 && members instanceof Map) return numbered(members).map(shaped);
  const entries = branch.get('entry');
  if (branch.size === 1 && entries instanceof Map) return Object.fromEntries(numbered(entries).map(keyAndValue));
  return Object.fromEntries([...branch].map(([name, child]) => [name, shaped(child)]));
}

/** The branches `1`, `2`, … in numeric order; the form may carry them in any. */
function numbered(branches: Tree): (Tree | string)[] {
  return [...branches].sort(([left], [right]) => Number(left) - Number(right)).map(([, branch]) => branch);
}

function keyAndValue(branch: Tree | string): [string, unknown] {
  if (typeof branch === 'string') return [branch, ''];
  return [String(branch.get('key') ?? ''), shaped(branch.get('value') ?? '')];
}
