/** The simulated AWS as one function: from a request and the time to an answer, with all state in its documents. */

import { answerFederation } from './console/federation-call.js';
import { homePage } from './console/page.js';
import { answerSignIn } from './console/sign-in.js';
import { answerControl } from './control/control.js';
import { answerAwsCall, type Setting } from './engine/aws-call.js';
import { type Answer, type Latencies, type Simulator, type WireRequest, type WireResponse } from './engine/core.js';
import { type DocumentStore, openDocuments } from './engine/documents.js';
import { furnishOnce } from './engine/furnish-once.js';
import { demoLatencies, setLatencies } from './engine/latencies.js';
import type { Parts } from './engine/parts.js';
import { isSigned } from './engine/signature.js';
import { aws } from './services.js';

interface SimulatorOptions {
  /** The SQLite file of its state; `:memory:` forgets everything at close. */
  readonly file: string;
  /** Milliseconds; what is not given is as in the demonstration. They hold until changed or opened again. */
  readonly latencies?: Partial<Latencies>;
  /** Whether calls are held to the policies stored here, which they are unless told otherwise. */
  readonly enforcePolicies?: boolean;
  /** The accounts of a first start instead of the usual ones. */
  readonly world?: Parts['furnish'];
}

/** Opens the simulated AWS that lives in `file`, or furnishes a new one there with its first request. */
export function openSimulator({ file, latencies, enforcePolicies = true, world }: SimulatorOptions): Simulator {
  const documents = openDocuments(file);
  const furnished: Parts = world === undefined ? aws : { ...aws, furnish: world };
  const parts: Parts = enforcePolicies ? furnished : { ...furnished, authorize: () => undefined };
  setLatencies(documents, { ...demoLatencies, ...latencies });
  return {
    handle: (request, now) => dated(answerAt(documents, parts, request, now), now),
    close: () => documents.close(),
  };
}

function answerAt(documents: DocumentStore, parts: Parts, request: WireRequest, now: number): Answer {
  return documents.transaction(() => {
    furnishOnce(documents, parts, now);
    return route(request, { documents, now, parts });
  });
}

function route(request: WireRequest, setting: Setting): Answer {
  // A signed request is a call of AWS whatever its path is, because S3 has buckets in the first part of the path.
  if (isSigned(request)) return answerAwsCall(request, setting);
  const [, area = ''] = request.path.split('/');
  if (area === 'federation') return answerFederation(request, setting);
  if (area === 'signin') return answerSignIn(request, setting);
  if (area === '_simulator') return answerControl(request, setting);
  if (request.path === '/' && isBrowser(request)) return plain(homePage());
  return answerAwsCall(request, setting);
}

const isBrowser = ({ method, headers }: WireRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html');

function plain(response: WireResponse): Answer {
  return { response, effects: { delayMs: 0, drop: false } };
}

/** AWS dates its answers, and the SDK corrects its clock by them. */
function dated({ response, effects }: Answer, now: number): Answer {
  return { response: { ...response, headers: { ...response.headers, date: new Date(now).toUTCString() } }, effects };
}
