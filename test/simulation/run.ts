/** One run: from the first request until everybody has come to an end, and then the judgement. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { customer } from './customer.js';
import { checks, nothingLeaked } from './invariants.js';
import { operator } from './operator.js';
import type { Reach } from './reach.js';
import { rebuiltDiffers } from './rebuilt.js';
import { quarantining } from './set-aside.js';
import { begin, openStage, type RunOptions, type Stage } from './stage.js';
import type { Trouble } from './troubles.js';
import { Broken, until } from './watch.js';

export interface RunResult {
  readonly seed: number;
  /** What went wrong, in words; empty for a good run. */
  readonly violations: readonly string[];
  /** Everything that happened, a line each. */
  readonly trace: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly troubles: Readonly<Record<Trouble, number>>;
  readonly workers: number;
  readonly accounts: number;
  /** Requests that reached AWS. */
  readonly calls: number;
  readonly virtualMs: number;
}

const minuteMs = 60_000;
/** Until the last zombie is dead. */
const lingerMs = 8 * minuteMs;
const diskFullMs = 5 * minuteMs;

/** In memory where the system has such a folder: what a power cut would do is not simulated. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Runs a seed; the same options give the same run, event by event. */
export async function run(options: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(place, 'partner-cloud-simulation-'));
  const stage = openStage(options, folder);
  try {
    await play(stage);
  } catch (error) {
    stage.violated(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return resultOf(stage);
}

async function play(stage: Stage): Promise<void> {
  const { aws, scene, customers, troubles, time } = stage;
  const reach = reachOf(stage);
  try {
    aws.failCreations(scene.failures);
    if (scene.foreign) await until(stage, makeForeignAccount(stage));
    const stories = Promise.all(customers.map((one, number) => customer(reach, one, number)));
    void operator(reach, () => troubles.over);
    void quarantining(reach, stage);
    beginTroubles(stage);
    await until(stage, stories);
    // Those who ended early must outlive the troubles too.
    if (!troubles.over) await until(stage, time.sleep(begin + scene.chaosMs - time.now));
    await until(stage, time.sleep(lingerMs));
    await judge(stage, reach);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
}

/** Somebody takes the first customer's e-mail, under the first payer. */
const makeForeignAccount = ({ aws, scene, customers }: Stage): Promise<void> =>
  aws.foreignAccount(scene.awsSettings.payers[0]?.accountId ?? '', customers[0]?.rootEmail ?? '');

function beginTroubles({ time, scene, troubles, disk, chance, chronicle, crew }: Stage): void {
  const calm = (): void => {
    chronicle.tell('calm');
    troubles.end();
    disk.makeRoom();
    crew.calm();
  };
  time.after(scene.chaosMs, calm);
  if (!troubles.strike('disk full', 'for some minutes')) return;
  const fullAfterMs = chance.between(0, scene.chaosMs);
  time.after(fullAfterMs, () => disk.fill());
  time.after(fullAfterMs + diskFullMs, () => disk.makeRoom());
}

function reachOf(stage: Stage): Reach {
  const { time, chance, observer, aws, crew, chronicle, scene, customers, violated } = stage;
  return {
    ...{ time, chance, observer, aws, violated, tell: chronicle.tell, workers: () => crew.up() },
    hopeless(providerId) {
      const provider = observer.provider(providerId);
      const robbed = scene.foreign && providerId === customers[0]?.providerId;
      return robbed && provider.stage === 'halted' && provider.halt.reason === 'email-taken';
    },
  };
}

async function judge(stage: Stage, { hopeless }: Reach): Promise<void> {
  const { observer, aws, customers, managementOf, folder, crew, chronicle, secrets, violated } = stage;
  const wrong = checks.flatMap((check) => check({ observer, aws, customers, hopeless, managementOf }));
  wrong.push(...(await rebuiltDiffers(folder, crew.up(), (work) => until(stage, work))));
  wrong.push(...nothingLeaked(folder, chronicle.logged, secrets));
  for (const each of wrong) violated(each);
}

function resultOf({ options, chronicle, observer, troubles, scene, time, calls }: Stage): RunResult {
  return {
    seed: options.seed,
    violations: chronicle.violations,
    trace: chronicle.trace,
    events: observer.events,
    troubles: troubles.counts,
    workers: scene.workers,
    accounts: observer.events.filter(({ event }) => event.type === 'AccountCreated').length,
    calls: calls(),
    virtualMs: time.now - begin,
  };
}
