/** A service that is not simulated: it has a name and a protocol, as far as the request shows, and no operations. */

import type { Service, Wire, WireRequest } from '../engine/core.js';
import { formOf } from '../engine/form.js';
import { jsonWire } from './json.js';
import { queryWire } from './query-xml.js';

/** Speaks the protocol of the request, so that the caller can read that its operation is unknown here. */
export function unknownService(name: string, request: WireRequest): Service {
  return { name, wire: wireOf(request), inputs: {}, operations: {} };
}

const namespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';

function wireOf(request: WireRequest): Wire {
  const { headers, method, path } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) return jsonWire(target.slice(0, Math.max(0, target.lastIndexOf('.'))));
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return queryWire({ version: formOf(request).Version ?? '', namespace });
  }
  return { ...jsonWire(), speaks: () => false, decode: () => ({ operation: `${method} ${path}`, input: {} }) };
}
