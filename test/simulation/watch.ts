/** Lets the time of a run pass, and looks at everything whenever all is quiet. */
import { leaseSettlesMs } from './lease.js';
import { quiet } from './machine.js';
import { begin, type Stage } from './stage.js';

/** Whatever has not ended so long after the troubles never will. */
const longestMs = 8 * 3_600_000;

/** Something was wrong, and it stands in the chronicle; the run is over. */
export class Broken extends Error {}

/** Lets time pass until the promise is settled, and looks at everything in between. */
export async function until<T>(stage: Stage, promise: Promise<T>): Promise<T> {
  const { time, scene, chronicle } = stage;
  let settled = false;
  const end = (): void => {
    settled = true;
  };
  promise.then(end, end);
  for (;;) {
    await quiet();
    await look(stage);
    if (chronicle.violations.length > 0) throw new Broken();
    if (settled) return promise;
    if (time.now > begin + scene.chaosMs + longestMs) throw new Error(`It does not end: ${stages(stage)}`);
    if (!time.pass()) throw new Error(`Nobody waits for anything, and it is not over: ${stages(stage)}`);
  }
}

async function look(stage: Stage): Promise<void> {
  const { crew, observer, chronicle, handouts, slots, attention, scene, time, unreadable, violated } = stage;
  await crew.tidy();
  if (crew.tookNews()) {
    const news = await observer.look();
    for (const { stream, event } of news) chronicle.tell(`${stream} ${JSON.stringify(event)}`);
    handouts.watch(news);
    for (const wrong of slots.held(observer)) violated(wrong);
  }
  const settlesMs = scene.leased ? leaseSettlesMs : 0;
  const since = Math.max(crew.calmSince() + settlesMs, unreadable.settledSince);
  if (since > time.now) return;
  for (const wrong of attention.neglected(observer, scene.settings.payers, crew.up(), since)) violated(wrong);
}

const stages = ({ customers, observer }: Stage): string =>
  customers
    .map(({ providerId, done }) => `${observer.provider(providerId).stage}${done ? '' : ' (waited for)'}`)
    .join(', ');
