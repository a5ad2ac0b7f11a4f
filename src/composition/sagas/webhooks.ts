/** Webhooks put together: what calls about them work with, and what delivers. */
import { type Audit, wholeHead } from '../../application/audit/audit.js';
import type { Dependencies } from '../../application/dependencies.js';
import type { Log } from '../../application/ports/log.js';
import type { Deliveries } from '../../application/ports/webhook-sender.js';
import { openAttempts } from '../../application/webhooks/attempts/attempt.js';
import { startDelivery } from '../../application/webhooks/delivery/deliver.js';
import { openNoticeAttempts } from '../../application/webhooks/notices/notice-attempts.js';
import type { WebhookService } from '../../application/webhooks/webhook-service.js';
import type { Config } from '../../config/config.js';
import type { AwsAccess } from '../../infrastructure/aws/calls/clients.js';
import { openNotices } from '../../infrastructure/aws/notices/sns-notices.js';
import { eventSchemas } from '../../infrastructure/event-store/format/schemas/all.js';
import { openSender } from '../../infrastructure/webhooks/sender.js';
import { openTargets } from '../../infrastructure/webhooks/targets.js';
import type { Files } from '../storage/storage.js';

type On = Pick<Dependencies, 'vault' | 'metrics' | 'clock'> & { readonly deliveries: Deliveries };

/** What calls about webhooks work with. */
export function webhooksOf({ webhooks }: Pick<Config, 'webhooks'>, on: On): WebhookService {
  const targets = openTargets(webhooks.privateNetworks);
  const attempt = openAttempts({ ...on, sender: openSender({ targets, now: on.clock.now }) });
  return {
    eventTypes: Object.keys(eventSchemas),
    targetProblem: targets.problem,
    attempt,
    deliveries: on.deliveries,
  };
}

interface Parts {
  readonly config: Config;
  readonly dependencies: Dependencies;
  readonly files: Pick<Files, 'deliveries' | 'places' | 'acting'>;
  readonly audit: Pick<Audit, 'lastHead'>;
  readonly access: Pick<AwsAccess, 'own'>;
  readonly log: Log;
}

/** Delivers for as long as this process may act; what is on the stack stops it. */
export function openWebhooks({ config, dependencies, files, audit, access, log }: Parts, stack: AsyncDisposableStack) {
  const { deliveries, places, acting } = files;
  const webhooks = webhooksOf(config, { ...dependencies, deliveries });
  const lastHead = () => {
    const head = audit.lastHead();
    return head && wholeHead(head);
  };
  const sender = openNotices(access.own.sns);
  const notices = { topics: config.notices, attempt: openNoticeAttempts({ ...dependencies, sender }) };
  const { attempt } = webhooks;
  const { mayAct } = acting;
  const on = { ...dependencies, attempt, notices, places, mayAct, random: Math.random, log, lastHead };
  return { webhooks, delivering: stack.adopt(startDelivery(on), (running) => running.stop()) };
}
