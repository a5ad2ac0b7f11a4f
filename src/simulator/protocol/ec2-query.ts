/** EC2's Query: the form of AWS Query in, XML of its own out, and an error document of its own. */
import type { Wire, WireResponse } from '../engine/core.js';
import { queryWire } from './query-xml.js';
import { escapeXml, xmlElement, xmlMembers } from './xml.js';

interface Ec2Protocol {
  /** The API version, such as `2016-11-15`. */
  readonly version: string;
  /** The XML namespace of its answers. */
  readonly namespace: string;
}

/**
 * The wire of EC2. Members stand in the answer itself, lists as `item` elements, and names begin with a small letter as
 * the operations give them. Source: Smithy, AWS EC2 query protocol; the SDK's `AwsEc2QueryProtocol`.
 */
export function ec2Wire({ version, namespace }: Ec2Protocol): Wire {
  const { speaks, decode } = queryWire({ version, namespace });
  return {
    speaks,
    decode,
    encode(operation, output, requestId) {
      const content = xmlElement('requestId', requestId) + xmlMembers(output, 'item');
      return answer(200, `<${operation}Response xmlns="${escapeXml(namespace)}">${content}</${operation}Response>`);
    },
    fail({ code, status, message }, requestId) {
      const errors = xmlElement('Errors', { Error: { Code: code, Message: message } });
      return answer(status, `<Response>${errors}${xmlElement('RequestID', requestId)}</Response>`);
    },
  };
}

const answer = (status: number, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
