/** Everything that a run needs before it begins: its world, its people, its workers, and who watches them. */
import type { Log } from '../../src/application/ports/log.js';
import { Attention } from './attention.js';
import { openAwsWorld } from './aws-world.js';
import { openChance } from './chance.js';
import type { Control } from './control-names.js';
import { controlledEndpoint, controlledEnsures, troublesOf } from './controls.js';
import { Crew } from './crew.js';
import { newCustomer } from './customer.js';
import { Disk } from './disk.js';
import { Handouts } from './handouts.js';
import { LeaseLog } from './lease.js';
import { live } from './machine.js';
import type { Arrival } from './network.js';
import { Observer } from './observer.js';
import { secretsIn } from './secrets.js';
import { Slots } from './slots.js';
import { drawRates, openTroubles } from './troubles.js';
import { Unreadable } from './unreadable.js';
import { VirtualTime } from './virtual-time.js';
import { drawScene, terms } from './world.js';

export interface RunOptions {
  readonly seed: number;
  /** At most so many strokes of trouble; without it as many as the seed has. */
  readonly strokes?: number | undefined;
  readonly providers?: number | undefined;
  readonly workers?: number | undefined;
  readonly control?: Control | undefined;
}

export type Stage = ReturnType<typeof openStage>;

export const begin = Date.UTC(2026, 10, 24, 9);
const key = new Uint8Array(32).fill(7);

/** Sets the stage; time stands still. Each part draws from a stream of chance of its own. */
export function openStage(options: RunOptions, folder: string) {
  const { seed, control, strokes = Number.POSITIVE_INFINITY } = options;
  const chance = (stream: number) => openChance(seed * 16 + stream);
  const time = new VirtualTime(begin);
  live(time, chance(0));
  const chronicle = openChronicle(time);
  const violated = (what: string): void => void chronicle.violations.push(what);
  const scene = drawScene(chance(1), options);
  const { settings, awsSettings } = scene;
  const managementOf = (id: string) => awsSettings.payers.find((payer) => payer.id === id)?.accountId;
  const rates = drawRates(chance(5), control && troublesOf[control]);
  const troubles = openTroubles(chance(2), rates, strokes, chronicle.tell);
  const aws = openAwsWorld(time, scene.latencies);
  const observer = new Observer(folder);
  const customers = Array.from({ length: options.providers ?? 3 }, (_, n) => newCustomer(n, settings.rootEmailPattern));
  const { propagationMs } = scene.latencies;
  const handouts = new Handouts({ time, folder, key, aws, observer, customers, propagationMs, violated });
  // Two workers may each give away the last slot; with one the limit holds.
  const slots = new Slots(scene.workers === 1 ? settings.payers : [], managementOf);
  const attention = new Attention(time);
  const disk = new Disk();
  const unreadable = new Unreadable();
  const secrets = new Set<string>();
  let calls = 0;
  const crew = new Crew(scene.workers, {
    ...{ time, chance: chance(3), troubles, aws, folder, disk, settings, awsSettings, terms, key, log: chronicle.log },
    ...{ unreadable, leaseLog: scene.leased ? new LeaseLog() : undefined },
    takenOver: control !== 'a lease that is never taken over',
    ...{ tell: chronicle.tell, alone: scene.workers === 1, endpoint: controlledEndpoint(control, aws, customers) },
    arrived(arrival: Arrival) {
      calls += 1;
      for (const secret of secretsIn(arrival)) secrets.add(secret);
      for (const wrong of slots.arrived(arrival, aws)) violated(wrong);
    },
    adjust: (ensures, who) => attention.watch(controlledEnsures(control, ensures), who),
  });
  return {
    ...{
      options,
      folder,
      time,
      chronicle,
      violated,
      scene,
      managementOf,
      troubles,
      aws,
      observer,
      customers,
      handouts,
    },
    ...{ slots, attention, disk, unreadable, secrets, crew, chance: chance(4), calls: () => calls },
    async close() {
      await crew.bury();
      await observer.close();
      handouts.close();
      aws.close();
    },
  };
}

/** What is written down as it happens: a line each of all that goes over the border, what the log says, what is wrong. */
function openChronicle(time: VirtualTime) {
  const trace: string[] = [];
  const logged: string[] = [];
  const tell = (line: string): void => void trace.push(`${new Date(time.now).toISOString().slice(11)} ${line}`);
  const say = (facts: Readonly<Record<string, unknown>>, words: string): void => {
    const line = `${words} ${JSON.stringify(facts)}`;
    logged.push(line);
    tell(`log: ${line}`);
  };
  const log: Log = { info: say, warn: say, error: say };
  return { trace, logged, log, tell, violations: [] as string[] };
}
