/** How people reach the service: some worker that is up, and again until it answers. */
import { type Caller, everyOrganization, type Role } from '../../src/application/authorization/identity.js';
import { Refusal } from '../../src/domain/refusal.js';
import type { AwsWorld } from './aws-world.js';
import type { Chance } from './chance.js';
import type { Observer } from './observer.js';
import type { VirtualTime } from './virtual-time.js';
import type { Commands, Worker } from './worker.js';

/** The service as people reach it: some worker that is up. */
export interface Reach {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly observer: Observer;
  readonly aws: AwsWorld;
  /** The workers that are up. */
  workers(): readonly Worker[];
  tell(line: string): void;
  /** Whether a provider waits for what nobody can give: another's account has its e-mail. */
  hopeless(providerId: string): boolean;
  /** Something that must never be was seen. */
  violated(what: string): void;
}

const patienceMs = 30_000;
export const callerOf = (subject: string, role: Role, organization?: string): Caller => ({
  actor: `https://people.example#${subject}`,
  subject,
  organization,
  roles: [role],
  // The directory of customers works for all of them.
  ...(role === 'service' && { service: { organizations: [everyOrganization], mayAcceptTerms: false } }),
});

/** Asks again, with the same key, until somebody answers; a refusal that is repeated is an answer. */
export async function ask<T>(on: Reach, work: (commands: Commands) => Promise<T>): Promise<T | Refusal> {
  for (let refusals = 0; ; ) {
    const up = on.workers();
    if (up.length > 0) {
      const asked = on.chance.of(up).ask(work);
      const answer = await Promise.race([asked.catch((error: unknown) => error), on.time.sleep(patienceMs)]);
      if (answer instanceof Error) on.tell(`said: ${answer.message}`);
      else if (answer !== undefined) return answer as T;
      // One worker of several may not have heard yet of what another has recorded.
      if (answer instanceof Refusal) refusals += 1;
      if (answer instanceof Refusal && refusals === refusalsBelieved) return answer;
    }
    await on.time.sleep(on.chance.between(100, 5_000));
  }
}

const refusalsBelieved = 8;
