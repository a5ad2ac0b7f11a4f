/** Whether a payer is ever given more creations at once than its limit: by the log, and by what AWS has in progress. */
import type { Settings } from '../../src/application/dependencies.js';
import type { AwsWorld } from './aws-world.js';
import type { Arrival } from './network.js';
import type { Observer } from './observer.js';

export class Slots {
  /** Requests that arrived when nobody waited for them any more: they are in nobody's count. */
  readonly #late = new Set<string>();

  constructor(
    private readonly payers: Settings['payers'],
    private readonly managementOf: (payerId: string) => string | undefined,
  ) {}

  /** Looks at a request that AWS has just answered; answers with what is wrong. */
  arrived({ operation, response, late }: Arrival, aws: AwsWorld): readonly string[] {
    if (operation !== 'CreateAccount' || response.status !== 200) return [];
    const { CreateAccountStatus } = JSON.parse(response.body) as { CreateAccountStatus: { Id: string } };
    if (late) this.#late.add(CreateAccountStatus.Id);
    const ours = aws.creations().filter(({ accountName }) => accountName.startsWith('ctl-'));
    const running = ours.filter(({ inProgress, id }) => inProgress && !this.#late.has(id));
    return this.payers.flatMap(({ id, creationsAtOnce }) => {
      const here = running.filter(({ payer }) => payer === this.managementOf(id));
      const names = new Set(here.map(({ accountName }) => accountName));
      return names.size > creationsAtOnce
        ? [`${names.size} creations run at ${id}, ${creationsAtOnce} are allowed`]
        : [];
    });
  }

  /** Looks at who holds a slot by the log. */
  held({ providers }: Observer): readonly string[] {
    const holders = [...providers.values()].flatMap((p) =>
      p.stage === 'assigned' || p.stage === 'creating' ? [p.payerId] : [],
    );
    return this.payers.flatMap(({ id, creationsAtOnce }) => {
      const held = holders.filter((payerId) => payerId === id).length;
      return held > creationsAtOnce ? [`${held} providers hold a slot of ${id}, ${creationsAtOnce} are allowed`] : [];
    });
  }
}
