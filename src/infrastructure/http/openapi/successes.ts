/** What a route answers with when it succeeds, as OpenAPI writes it. */
import Type from 'typebox';
import { exampleOf } from './examples.js';
import { rateLimit, requestId } from './refusals.js';
import type { ServedRoute } from './served-routes.js';
import type { OtherMedia, RouteWords } from './words.js';

/** The answers by status. */
export const successesOf = (route: ServedRoute, words: RouteWords): object => ({
  ...dryRunOf(words),
  [route.status]: successOf(route, words),
  ...notModified(words),
});

function successOf(route: ServedRoute, { answer: usual, or, conditional, tagged, key, dryRun }: RouteWords): object {
  const { action, method, path } = route;
  const answer = dryRun && route.status === 200 && !isOther(usual) ? Type.Union([usual, dryRun]) : usual;
  const location = key === 'required' && method === 'post' && path.endsWith('/providers');
  return {
    description: isOther(answer) ? otherMedia[answer].description : 'Done.',
    headers: {
      ...requestId,
      ...(action === 'open' ? {} : rateLimit),
      ...(conditional || tagged ? { etag: { $ref: '#/components/headers/ETag' } } : {}),
      ...(location ? { location: { $ref: '#/components/headers/Location' } } : {}),
    },
    content: isOther(answer)
      ? { [answer]: { schema: otherMedia[answer].schema }, ...(or && { [or]: { schema: otherMedia[or].schema } }) }
      : { 'application/json': { schema: answer, example: exampleOf(answer) } },
  };
}

/** What a dry run answers, where the call itself has another status. */
const dryRunOf = ({ dryRun }: RouteWords): object =>
  dryRun
    ? {
        200: {
          description: 'What it would come to; nothing is recorded.',
          headers: { ...requestId, ...rateLimit },
          content: { 'application/json': { schema: dryRun, example: exampleOf(dryRun) } },
        },
      }
    : {};

const isOther = (answer: RouteWords['answer']): answer is OtherMedia => typeof answer === 'string';

const otherMedia: Readonly<Record<OtherMedia, { readonly description: string; readonly schema: object }>> = {
  'text/event-stream': {
    description: 'A stream of events that goes on until either side ends it.',
    schema: { type: 'string' },
  },
  'application/x-ndjson': { description: 'One event a line, as JSON.', schema: { type: 'string' } },
  'application/zip': {
    description: 'An archive that can be verified without this service.',
    schema: { type: 'string', format: 'binary' },
  },
};

const notModified = ({ conditional }: RouteWords): object =>
  conditional
    ? { 304: { description: 'Nothing has changed since the answer with this ETag.', headers: requestId } }
    : {};
