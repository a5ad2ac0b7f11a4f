/** Deliveries of webhooks beside an API in this process, on files, connections and receivers of this machine. */
import { join } from 'node:path';
import type { DeliveryPlaces } from '../../src/application/ports/delivery-places.js';
import { openAttempts } from '../../src/application/webhooks/attempts/attempt.js';
import { startDelivery } from '../../src/application/webhooks/delivery/deliver.js';
import type { SignedHeadView } from '../../src/application/webhooks/messages/signed-head.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { openSender } from '../../src/infrastructure/webhooks/sender.js';
import { openTargets } from '../../src/infrastructure/webhooks/targets.js';
import {
  openDeliveries,
  openDeliveriesFile,
  openPlaces,
} from '../../src/projections/webhook-deliveries/webhook-deliveries.js';
import type { Api } from './api.js';
import { FastClock } from './fast-clock.js';
import { key } from './people.js';

/** What is kept between two starts; `start` delivers until it is stopped. */
export function openDelivering(api: Api, clock = new FastClock()) {
  const db = openDeliveriesFile(join(api.folder, 'read-models'));
  const deliveries = openDeliveries(db);
  const places = openPlaces(db);
  const attempt = openAttempts({
    ...{ vault: api.vault, deliveries, metrics: api.dependencies.metrics, clock },
    sender: openSender({ targets: openTargets(['127.0.0.0/8']), timeoutMs: 300 }),
  });
  const log = openLog({ level: 'silent' });
  const acting = { mayAct: true, head: undefined as SignedHeadView | undefined };
  const start = (notices: NoticesTo = { topics: [], attempt }, kept: DeliveryPlaces = places) =>
    startDelivery({
      ...{ ...api.dependencies, clock, attempt, notices, places: kept, log, random: () => 0.5 },
      mayAct: () => acting.mayAct,
      lastHead: () => acting.head,
    });
  const close = (): void => {
    deliveries.keep();
    db.close();
  };
  return { start, acting, clock, deliveries, places, close };
}

type NoticesTo = Parameters<typeof startDelivery>[0]['notices'];

export interface Subscribed {
  readonly id: string;
  readonly secret: string;
}

/** Subscribes an administrator, or whoever is named, to what this address is to hear. */
export async function subscribeTo(
  api: Api,
  url: string,
  types: readonly string[] = [],
  who: 'administrator' | 'operator' | 'outsider' = 'administrator',
): Promise<Subscribed> {
  const sending = { body: { url, types }, headers: key(`${url} ${types} ${who}`.replaceAll(' ', '-')) };
  const { body } = await api.call(who, 'POST', '/v1/webhooks', sending);
  return { id: String(body.id), secret: String(body.secret) };
}

/** The facts that the feed tells this person after a position, line by line. */
export async function feedOf(api: Api, who: 'administrator' | 'operator', after?: string): Promise<readonly string[]> {
  const answer = await api.send(who, 'GET', `/v1/changes${after === undefined ? '' : `?after=${after}`}`);
  const lines = (await answer.text()).trim().split('\n');
  return lines.filter((line) => 'position' in JSON.parse(line));
}
