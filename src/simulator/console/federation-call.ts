/** A request to the federation endpoint, performed and recorded as any other call; it carries no signature. */
import type { Setting } from '../engine/aws-call.js';
import type { Answer, AwsError, WireRequest, WireResponse } from '../engine/core.js';
import { formOf } from '../engine/form.js';
import { perform } from '../engine/perform.js';
import { nextRequest } from '../engine/unique-ids.js';

/** Answers `/federation`. The session in the request is masked in the record, as every secret is. */
export function answerFederation(request: WireRequest, { documents, now, parts }: Setting): Answer {
  const ids = nextRequest(documents);
  const input = { ...request.query, ...formOf(request) };
  const received = {
    service: 'federation',
    operation: input.Action ?? '',
    account: '',
    region: 'us-east-1',
    principal: '',
    input,
  };
  const act = () => parts.federation(request, { documents, now, uniqueId: ids.uniqueId });
  return perform(received, { documents, now, ids, act, fail: refused });
}

function refused({ status, message }: AwsError): WireResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: message };
}
