/** AWS JSON 1.1: the operation in the `X-Amz-Target` header, JSON in and out, timestamps as seconds since the epoch. */
import { AwsError, type Wire, type WireResponse } from '../engine/core.js';

/**
 * The wire of a service whose requests carry `X-Amz-Target: <prefix>.<Operation>`.
 * A body that is no JSON object throws SerializationException; errors answer `{"__type": code, "message": …}`.
 * Source: Smithy, AWS JSON 1.1 protocol; the SDK's `AwsJsonRpcProtocol`.
 */
export function jsonWire(...targetPrefixes: readonly string[]): Wire {
  const prefixOf = (target: string): string | undefined =>
    targetPrefixes.find((candidate) => target.startsWith(`${candidate}.`));
  return {
    speaks: ({ headers }) => prefixOf(headers['x-amz-target'] ?? '') !== undefined,
    decode(request) {
      const target = request.headers['x-amz-target'] ?? '';
      const prefix = prefixOf(target);
      if (prefix === undefined || target.length === prefix.length + 1) return undefined;
      return { operation: target.slice(prefix.length + 1), input: parsed(request.body) };
    },
    encode: (_operation, output, requestId) => answer(200, output, requestId),
    fail: ({ code, status, message, members }, requestId) =>
      answer(status, { __type: code, message, ...members }, requestId),
  };
}

function parsed(body: Uint8Array): Readonly<Record<string, unknown>> {
  const text = Buffer.from(body).toString('utf8');
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AwsError('SerializationException', 400, 'The request body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 400, 'The request body must be a JSON object.');
  }
  return { ...value };
}

function answer(status: number, members: Readonly<Record<string, unknown>>, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body: JSON.stringify(jsonValue(members)),
  };
}

/** The same value with every Date as epoch seconds; it must run before JSON.stringify, which makes Dates ISO text. */
function jsonValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Map) return jsonValue(Object.fromEntries(value));
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonValue(member)]));
}
