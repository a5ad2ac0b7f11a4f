/** A provider's present status without a query string: the read that consoles and programs send again and again. */
import type { GetStatusHandler } from '../../../application/queries/providers.js';
import { callerOf } from '../kit/caller.js';
import { answerUnlessKnown } from '../kit/conditional.js';
import type { DirectAnswer } from '../kit/direct-answers.js';
import { fitsShape } from '../kit/field-registry.js';
import { isWithoutQuery } from '../kit/query-string.js';
import { ProviderPath } from './inputs.js';

/** Answers as `GET /v1/providers/:id` does; what it cannot is left to that route. */
export const directStatus =
  (handler: Pick<GetStatusHandler, 'present'>): DirectAnswer =>
  (request, reply) => {
    const params = request.params as ProviderPath;
    if (!isWithoutQuery(request.query) || !fitsShape(ProviderPath, params)) return false;
    const status = handler.present(params.id, callerOf(request));
    reply.send(answerUnlessKnown(status, request, reply));
    return true;
  };
