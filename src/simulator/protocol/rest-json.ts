/** AWS REST with JSON: the operation is method and path, members stand in path, query and body, timestamps are ISO text. */
import { AwsError, type Wire, type WireRequest, type WireResponse } from '../engine/core.js';

/** Operations by method and path; a part of the path in braces is a member, as in `DELETE /analyzer/{analyzerName}`. */
export type RestRoutes = Readonly<Record<string, string>>;

/**
 * The wire of a REST-JSON service; errors carry their code in the header `x-amzn-ErrorType`.
 * Source: Smithy, AWS restJson1 protocol; the SDK's `AwsRestJsonProtocol`.
 */
export function restJsonWire(routes: RestRoutes): Wire {
  const found = (request: WireRequest) =>
    Object.entries(routes).flatMap(([route, operation]) => {
      const labels = labelsIn(route, request);
      return labels ? [{ operation, labels }] : [];
    })[0];
  return {
    speaks: (request) => request.headers['x-amz-target'] === undefined && found(request) !== undefined,
    decode(request) {
      const route = found(request);
      if (!route) return undefined;
      return { operation: route.operation, input: { ...request.query, ...bodyOf(request), ...route.labels } };
    },
    encode: (_operation, output, requestId) => answer(200, output, requestId),
    fail: ({ code, status, message, members }, requestId) =>
      answer(status, { message, ...members }, requestId, { 'x-amzn-errortype': code }),
  };
}

/** The members that the path holds, or `undefined` when it is another. */
function labelsIn(route: string, { method, path }: WireRequest): Readonly<Record<string, string>> | undefined {
  const [asked, pattern = ''] = route.split(' ');
  const [wanted, sent] = [pattern.split('/'), path.split('/')];
  if (asked !== method || wanted.length !== sent.length) return undefined;
  const parts = wanted.map((part, place) => ({ part, value: sent[place] ?? '' }));
  const label = ({ part }: { readonly part: string }) => part.startsWith('{');
  if (parts.some((each) => !label(each) && each.part !== each.value)) return undefined;
  return Object.fromEntries(
    parts.filter(label).map(({ part, value }) => [part.slice(1, -1), decodeURIComponent(value)]),
  );
}

function bodyOf({ body }: WireRequest): Readonly<Record<string, unknown>> {
  const text = Buffer.from(body).toString('utf8');
  if (text === '') return {};
  try {
    const sent: unknown = JSON.parse(text);
    if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return { ...sent };
  } catch {
    // What is no JSON is refused below, as what is no object.
  }
  throw new AwsError('SerializationException', 400, 'The request body must be a JSON object.');
}

function answer(
  status: number,
  members: Readonly<Record<string, unknown>>,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  const body = JSON.stringify(members);
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...headers }, body };
}
