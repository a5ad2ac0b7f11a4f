/** The network between the workers and AWS: it loses, delays and reorders, and carries on when a sender is dead. */
import type { WireRequest, WireResponse } from '../../src/simulator/engine/core.js';
import {
  brokenSocket,
  type SdkRequest,
  type SdkResponse,
  sdkResponse,
  wireRequest,
} from '../../src/simulator/engine/request-handler.js';
import { refusalOf } from './aws-moods.js';
import type { AwsWorld } from './aws-world.js';
import { type Around, gate, type Mortal } from './border.js';
import { callOf } from './call-names.js';

/** As long as the service's own clients wait for an answer. */
const timeoutMs = 10_000;
const longestZombieMs = 6 * 60_000;
const slowestMs = 400;

/** A request that reached AWS, and whether anybody still waited for it. */
export interface Arrival {
  readonly operation: string;
  readonly request: WireRequest;
  readonly response: WireResponse;
  readonly late: boolean;
}

/** What stands between the network and AWS: AWS itself, or a control that is wrong on purpose. */
export type Endpoint = (request: WireRequest) => WireResponse;

export interface NetworkParts extends Around {
  readonly aws: AwsWorld;
  readonly endpoint: Endpoint;
  /** Hears of each request that AWS has answered. */
  readonly arrived: (arrival: Arrival) => void;
  readonly tell: (line: string) => void;
}

interface Exchange {
  readonly sender: Mortal;
  readonly name: string;
  readonly request: WireRequest;
  answer(response: SdkResponse): void;
  fail(error: () => Error): void;
  /** Whether the sender has its answer, or has given up. */
  over: boolean;
  readonly method: string;
}

/** The worker's way to AWS, as the SDK takes it. */
export function wireOf(on: NetworkParts, sender: Mortal) {
  return {
    handle: (request: SdkRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
      send(on, sender, request, abortSignal),
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

async function send(
  on: NetworkParts,
  sender: Mortal,
  sdk: SdkRequest,
  abortSignal: AbortSignal | undefined,
): Promise<{ response: SdkResponse }> {
  const { time, chance } = on;
  const name = callOf(sdk);
  await gate(on, sender, `before ${name}`);
  const response = await new Promise<SdkResponse>((answer, reject) => {
    const exchange: Exchange = {
      ...{ sender, name, method: sdk.method, over: false },
      request: wireRequest(sdk, time.now),
      answer(response) {
        exchange.over = true;
        answer(response);
      },
      fail(error) {
        if (exchange.over) return;
        exchange.over = true;
        reject(error());
      },
    };
    abortSignal?.addEventListener('abort', () => exchange.fail(aborted));
    time.after(timeoutMs, () => exchange.fail(timedOut), sender);
    dispatch(on, exchange, chance.between(1, slowestMs));
  });
  await gate(on, sender, `after ${name}`);
  return { response };
}

/** Whatever becomes of the sender, the request is on its way. */
function dispatch(on: NetworkParts, exchange: Exchange, transitMs: number): void {
  const { time, chance, troubles } = on;
  const { sender, name } = exchange;
  if (troubles.strike('request lost', `${sender.name} ${name}`)) {
    time.after(transitMs, () => exchange.fail(brokenSocket), sender);
    return;
  }
  const zombie = troubles.strike('zombie', `${sender.name} ${name}`);
  const arrivesMs = zombie ? chance.between(timeoutMs + 1, longestZombieMs) : transitMs;
  // A lost connection is sometimes noticed at once, sometimes only when time is up.
  if (zombie && chance.yes(0.5)) time.after(transitMs, () => exchange.fail(brokenSocket), sender);
  time.after(arrivesMs, () => arrive(on, exchange), outside);
}

/** What is on its way belongs to nobody's life. */
const outside = { over: false };

function arrive(on: NetworkParts, exchange: Exchange): void {
  const { time, chance, troubles, aws } = on;
  const { sender, name, request, method } = exchange;
  const late = sender.over || exchange.over;
  const refusal = refusalOf(troubles, request, `${sender.name} ${name}`);
  if (refusal) aws.refuseNext(refusal);
  const response = on.endpoint(request);
  on.tell(`AWS ${late ? 'late ' : ''}${sender.name} ${name} -> ${response.status} ${errorIn(response)}`);
  on.arrived({ operation: name, request, response, late });
  if (late) return;
  const lost = troubles.strike('answer lost', `${sender.name} ${name}`);
  if (lost && chance.yes(0.5)) return;
  const deliver = (): void => (lost ? exchange.fail(brokenSocket) : exchange.answer(sdkResponse(response, method)));
  time.after(chance.between(1, slowestMs), deliver, sender);
}

const errorIn = ({ status, body }: WireResponse): string =>
  status < 400 ? '' : (/(?:__type"?:\s*"?|<Code>)([\w.#]+)/.exec(body)?.[1] ?? '');

const timedOut = (): Error => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
const aborted = (): Error => Object.assign(new Error('Request aborted'), { name: 'AbortError' });
