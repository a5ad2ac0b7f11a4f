/** Figures of the read models: how far behind the log each is, whether it is filled or stands still, and what is set aside. */

import type { Dependencies } from '../../../application/dependencies.js';
import type { EventStore } from '../../../application/ports/event-store.js';
import { unread } from '../../../application/queries/unread.js';
import { quarantines } from '../../../application/streams/aggregates.js';
import { decisionsId } from '../../../application/streams/quarantined.js';
import { asNumber, family, only } from '../family.js';
import type { LogSource } from './event-log.js';

type Source = Pick<Dependencies, 'readModels' | 'streams' | 'clock'> & {
  readonly store: EventStore;
  readonly eventsUpTo: LogSource['eventsUpTo'];
};

const labels = ['read_model'] as const;

export const readModelsFamily = ({ readModels, streams, store, clock, eventsUpTo }: Source) =>
  family(
    {
      partner_cloud_read_model_lag_events: { help: 'Events of the log that are not in the read model yet.', labels },
      partner_cloud_read_model_lag_seconds: { help: 'Age of the oldest of them.', labels },
      partner_cloud_read_model_filling: { help: 'Whether its rows are being made from the log (1).', labels },
      partner_cloud_read_model_stopped: { help: 'Whether it stands still (1) at an event or for its file.', labels },
      partner_cloud_streams_set_aside: { help: 'Streams that an operator has set aside.' },
    },
    async () => {
      const head = eventsUpTo(store.head());
      const all = await Promise.all(
        readModels.health().map(async ({ name, position, filling, stopped }) => {
          const { seconds } = await unread(store, position, clock.now());
          const behind = Math.max(0, head - eventsUpTo(position));
          return { labels: { read_model: name }, behind, seconds, filling, stopped: stopped !== undefined };
        }),
      );
      const { setAside } = (await streams.load(quarantines, decisionsId)).state;
      return {
        partner_cloud_read_model_lag_events: all.map((each) => ({ labels: each.labels, value: each.behind })),
        partner_cloud_read_model_lag_seconds: all.map((each) => ({ labels: each.labels, value: each.seconds })),
        partner_cloud_read_model_filling: all.map((each) => ({ labels: each.labels, value: asNumber(each.filling) })),
        partner_cloud_read_model_stopped: all.map((each) => ({ labels: each.labels, value: asNumber(each.stopped) })),
        partner_cloud_streams_set_aside: only(Object.keys(setAside).length),
      };
    },
  );
