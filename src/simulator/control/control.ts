/** The control API under `/_simulator`: looking behind the scenes, and making things go wrong. */

import { attemptSignIn } from '../console/sign-in.js';
import type { Setting } from '../engine/aws-call.js';
import { callsOf, type UnknownOperation } from '../engine/calls.js';
import type { Answer, WireRequest, WireResponse } from '../engine/core.js';
import { injectFault, waitingFaults, withdrawFaults } from '../engine/faults.js';
import { furnishOnce } from '../engine/furnish-once.js';
import { latenciesOf, setLatencies } from '../engine/latencies.js';
import { BadInput, jsonBody } from '../engine/read-json.js';
import { everyCreation } from '../organizations/creations.js';
import { type AccountDocument, allAccounts, stateOf } from '../world/accounts.js';
import { changeState, readStateChange } from './account-states.js';
import { readCreationFailures, readFault, readLatencies, readSignIn } from './control-input.js';
import { creationFailures, forceCreationFailures } from './creation-failures.js';
import { blockByOrganization, readOrganizationBlock } from './organization-blocks.js';
import { giveRoot, readRootCredentials } from './root-credentials.js';

type Route = (setting: Setting, request: WireRequest) => unknown;

/** What can be asked for; each answers with what is in force after it. `POST sign-in` is apart: it is a call. */
const routes: Readonly<Record<string, Route>> = {
  'GET ': () => ({
    routes: [...Object.keys(routes), 'POST sign-in'].map((route) => route.replace(' ', ' /_simulator/')),
  }),
  'GET accounts': ({ documents, now }) => allAccounts(documents, now).map((account) => shownAccount(account, now)),
  'PUT account-states': ({ documents, now }, { body }) =>
    shownAccount(changeState(documents, readStateChange(jsonBody(body)), now), now),
  'PUT organization-blocks': ({ documents, now }, { body }) =>
    blockByOrganization(documents, readOrganizationBlock(jsonBody(body)), now),
  'PUT root-credentials': ({ documents, now }, { body }) =>
    giveRoot(documents, readRootCredentials(jsonBody(body)), now),
  'GET calls': ({ documents }, { query }) => callsOf(documents, query),
  'GET unknown-operations': ({ documents }) => documents.list<UnknownOperation>('unknown-operation', '*'),
  'GET latencies': ({ documents }) => latenciesOf(documents),
  'PUT latencies': ({ documents }, { body }) => {
    setLatencies(documents, { ...latenciesOf(documents), ...readLatencies(jsonBody(body)) });
    return latenciesOf(documents);
  },
  'GET faults': ({ documents }) => waitingFaults(documents),
  'POST faults': ({ documents }, { body }) => injectFault(documents, readFault(jsonBody(body))),
  'DELETE faults': ({ documents }, { query }) => {
    withdrawFaults(documents, query.id);
    return waitingFaults(documents);
  },
  'GET creation-failures': ({ documents }) => creationFailures(documents),
  'PUT creation-failures': ({ documents }, { body }) => {
    forceCreationFailures(documents, readCreationFailures(jsonBody(body)));
    return creationFailures(documents);
  },
  'GET creations': ({ documents, now }) => everyCreation(documents, now),
  'POST reset': (setting) => {
    reset(setting);
    return {};
  },
};

const shownAccount = (account: AccountDocument, now: number) => ({ ...account, state: stateOf(account, now) });

/** Answers `/_simulator/…` in JSON; what cannot be meant is a 400 that says what was wrong. */
export function answerControl(request: WireRequest, setting: Setting): Answer {
  const name = request.path.replace(/^\/_simulator\/?/, '').replace(/\/$/, '');
  try {
    if (request.method === 'POST' && name === 'sign-in') {
      return attemptSignIn(readSignIn(jsonBody(request.body)), setting, (outcome) => json(200, outcome));
    }
    const key = `${request.method} ${name}`;
    const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
    if (route === undefined)
      return shown(
        json(404, { error: `${request.method} ${request.path} is unknown; GET /_simulator lists what there is.` }),
      );
    return shown(json(200, route(setting, request)));
  } catch (error) {
    if (error instanceof BadInput) return shown(json(400, { error: error.message }));
    throw error;
  }
}

/** Forgets everything but the latencies and begins with a new world. */
function reset({ documents, parts, now }: Setting): void {
  const latencies = latenciesOf(documents);
  documents.clear();
  setLatencies(documents, latencies);
  furnishOnce(documents, parts, now);
}

function json(status: number, value: unknown): WireResponse {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { status, headers, body: `${JSON.stringify(value, undefined, 2)}\n` };
}

function shown(response: WireResponse): Answer {
  return { response, effects: { delayMs: 0, drop: false } };
}
