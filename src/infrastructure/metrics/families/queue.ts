/** Figures of the queue and of the payers: who waits, for how long, and where there is room. */
import type { Dependencies } from '../../../application/dependencies.js';
import { brakesOf, noLoad, roomOf } from '../../../application/provisioning/payer-capacity.js';
import { queueModels, requireFilled } from '../../../application/quarantine/standstill.js';
import { isFor } from '../../../domain/queue/queue.js';
import { asNumber, family, only } from '../family.js';

type Source = Pick<Dependencies, 'readModels' | 'streams' | 'settings' | 'clock'>;

const labels = ['payer'] as const;

export const queueFamily = (on: Source) =>
  family(
    {
      partner_cloud_queue_length: { help: 'Providers that wait for a slot.' },
      partner_cloud_queue_oldest_seconds: {
        help: 'How long the one has waited that has waited longest; 0 when none does.',
      },
      partner_cloud_payer_waiting: { help: 'Of those who wait, whom this payer may take.', labels },
      partner_cloud_payer_free_slots: { help: 'Creations that this payer could begin now.', labels },
      partner_cloud_payer_room_left: { help: 'Accounts that can still be begun in this payer.', labels },
      partner_cloud_payer_paused: { help: 'Whether vending is paused there (1).', labels },
    },
    async () => {
      requireFilled(on.readModels, queueModels);
      const brakes = await brakesOf(on);
      const { waiting } = on.readModels.queue();
      const [first] = waiting;
      const payers = payersOf(on).map((payer) => ({
        ...payer,
        labels: { payer: payer.id },
        paused: brakes.get(payer.id) !== undefined,
        waiting: waiting.filter((each) => isFor(each, { payerId: payer.id, territories: payer.territories })).length,
      }));
      return {
        partner_cloud_queue_length: only(waiting.length),
        partner_cloud_queue_oldest_seconds: only(first ? secondsSince(first.since, on.clock.now()) : 0),
        partner_cloud_payer_waiting: payers.map((payer) => ({ labels: payer.labels, value: payer.waiting })),
        partner_cloud_payer_free_slots: payers.map((payer) => ({ labels: payer.labels, value: payer.freeSlots })),
        partner_cloud_payer_room_left: payers.map((payer) => ({ labels: payer.labels, value: payer.roomLeft })),
        partner_cloud_payer_paused: payers.map((payer) => ({ labels: payer.labels, value: asNumber(payer.paused) })),
      };
    },
  );

const secondsSince = (iso: string, now: number): number => Math.max(0, (now - Date.parse(iso)) / 1_000);

function payersOf({ readModels, settings }: Source) {
  const loads = readModels.loads();
  return settings.payers.map((payer) => ({ ...payer, ...roomOf(payer, loads[payer.id] ?? noLoad) }));
}
