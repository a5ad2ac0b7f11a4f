/** The operator of a run: resumes what halted and what was paused, and sometimes pulls the brake. */

import type { Caller } from '../../src/application/authorization/identity.js';
import { ChangePayer } from '../../src/application/commands/change-payer.js';
import { ChangeProvider } from '../../src/application/commands/change-provider.js';
import { ReportOrganization } from '../../src/application/commands/report-organization.js';
import { eligible } from '../support/story.js';
import { ask, callerOf, type Reach } from './reach.js';
import { standings } from './standing.js';

const minuteMs = 60_000;

/** Looks after everything, now and then; in quiet times every minute. */
export async function operator(on: Reach, calm: () => boolean): Promise<never> {
  const { chance, observer, time } = on;
  const by = { caller: callerOf('operator', 'operator') };
  for (let round = 0; ; round++) {
    await time.sleep(calm() ? minuteMs : chance.between(1, 15) * minuteMs);
    const brake = !calm() && chance.yes(0.05);
    if (brake) await pauseAll(on, by, round);
    if (calm()) await restoreCustomers(on, round);
    for (const [payerId, { vending }] of observer.payers) {
      if (vending === 'open') continue;
      const key = `vend-${payerId}-${round}`;
      const command = new ChangePayer(payerId, { type: 'ResumeVending' }, { ...by, key });
      await ask(on, (commands) => commands.payer.execute(command));
    }
    for (const [providerId, provider] of observer.providers) {
      if (provider.stage !== 'halted' || on.hopeless(providerId)) continue;
      const key = `resume-${providerId}-${round}`;
      const command = new ChangeProvider(providerId, { type: 'Resume' }, { ...by, key });
      await ask(on, (commands) => commands.change.execute(command));
    }
  }
}

/** In quiet times every customer is one again that may have an account, so that nobody waits for ever. */
async function restoreCustomers(on: Reach, round: number): Promise<void> {
  for (const { organization, eligible: fine } of standings(on.observer.events).values()) {
    if (fine) continue;
    const service = { caller: callerOf('crm', 'service'), key: `restored-${organization}-${round}` };
    await ask(on, ({ report }) => report.execute(new ReportOrganization(organization, eligible, service)));
  }
}

async function pauseAll(on: Reach, by: { caller: Caller }, round: number): Promise<void> {
  const command = new ChangePayer('all', { type: 'PauseVending' }, { ...by, key: `pause-${round}` });
  await ask(on, (commands) => commands.payer.execute(command));
  await on.time.sleep(on.chance.between(1, 5) * minuteMs);
}
