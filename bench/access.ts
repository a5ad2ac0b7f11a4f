/** A provider whose credentials were used 70,000 times, half of them before uses were kept by month, against one of which they never were. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Dependencies } from '../src/application/dependencies.js';
import { streamsAbout } from '../src/application/history/streams-about.js';
import type { EventStore } from '../src/application/ports/event-store.js';
import { GetHistory, GetHistoryHandler } from '../src/application/queries/provider-history.js';
import { GetStatus, GetStatusHandler } from '../src/application/queries/providers.js';
import { accesses, accessId, streamOf } from '../src/application/streams/aggregates.js';
import { pastOf } from '../src/infrastructure/http/routes/past.js';
import { active } from '../test/support/story.js';
import { type Benchmark, rounds } from './benchmark.js';
import { draft } from './events.js';
import { runFolder } from './folders.js';
import { openParts } from './parts.js';
import { providerIdOf } from './requested-log.js';

const [used, unused] = [providerIdOf(1), providerIdOf(0)];
const auditor = { actor: 'bench#auditor', subject: 'auditor', organization: undefined, roles: ['auditor' as const] };

export const benchmark: Benchmark = {
  name: 'access',
  rounds,
  figures: [
    { unit: 'µs/status', better: 'lower', marks: [{ on: 'ratio', at: 1.5 }] },
    { unit: 'µs/page of history', better: 'lower', marks: [{ on: 'ratio', at: 1.5 }] },
    { unit: 'µs/live connection', better: 'lower', marks: [{ on: 'ratio', at: 3 }] },
    { unit: 'ms of CPU (longest turn)', better: 'lower', marks: [{ on: 'value', at: 100 }] },
  ],
  async open(smoke) {
    const [times, uses] = smoke ? [5, 1_000] : [300, 70_000];
    const parts = await openParts(runFolder());
    await write(parts.store, uses);
    await parts.caughtUp();
    return {
      ours: () => figuresOf(parts.dependencies, used, times),
      baseline: () => figuresOf(parts.dependencies, unused, times),
      close: () => parts.close(),
    };
  },
};

const begun = Date.now() - 90 * 86_400_000;

/** Two lives, and the uses of one of them over the three months since. */
async function write(store: EventStore, uses: number): Promise<void> {
  for (const id of [used, unused]) {
    const life = active.map((event) => draft(event, id, begun));
    await store.append(streamOf({ kind: 'provider' }, id), -1, life);
  }
  const revisions = new Map<string, number>();
  const atOnce = 500;
  for (let done = 0; done < uses; done += atOnce) {
    const at = Math.round(begun + (done / uses) * (Date.now() - begun));
    const time = new Date(at).toISOString();
    const stream = streamOf(accesses, done < uses / 2 ? used : accessId(used, time));
    const facts = Array.from({ length: Math.min(atOnce, uses - done) }, () =>
      draft({ type: 'ConsoleSessionOpened', role: 'read-only', at: time }, used, at),
    );
    const last = revisions.get(stream) ?? -1;
    await store.append(stream, last, facts);
    revisions.set(stream, last + facts.length);
  }
}

async function figuresOf(on: Dependencies, id: string, times: number): Promise<readonly number[]> {
  const [statuses, histories] = [new GetStatusHandler(on), new GetHistoryHandler(on)];
  const { store } = on;
  const streams = await streamsAbout(store, on.clock, id);
  // A client that comes again: all that was recorded until now it has.
  const last = store.head();
  return [
    await microseconds(times, () => statuses.execute(new GetStatus(id, auditor))),
    await microseconds(times, () => histories.execute(new GetHistory(id, undefined, 15, auditor))),
    await microseconds(times, () => pastOf(store, streams, last, true)),
    await longestTurnMs(async () => {
      const { entries } = await pastOf(store, streams, undefined, true);
      for await (const { position } of entries) if (position === '') throw new Error('A fact has no position.');
    }),
  ];
}

async function microseconds(times: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < times; n++) await work();
  return ((performance.now() - start) / times) * 1_000;
}

/** The processor's time of this process, so that a busy machine is not measured. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** How long others had to wait for their turn while the work went on. */
async function longestTurnMs(work: () => Promise<void>): Promise<number> {
  let done = false;
  let longest = 0;
  const ended = work().finally(() => {
    done = true;
  });
  for (let before = cpuMs(); !done; before = cpuMs()) {
    await nextTurn();
    longest = Math.max(longest, cpuMs() - before);
  }
  await ended;
  return longest;
}
