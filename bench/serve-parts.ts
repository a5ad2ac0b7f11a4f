/** Serves parts of a benchmark over HTTP, with an issuer whose tokens are accepted. */
import { dirname } from 'node:path';
import { systemClock } from '../src/application/ports/clock.js';
import { startReconciliation } from '../src/application/reconciliation/reconciliation.js';
import { openAudit } from '../src/composition/audit/audit.js';
import { auditedFile } from '../src/composition/audit/audited-log.js';
import { webhooksOf } from '../src/composition/sagas/webhooks.js';
import { startHttp } from '../src/infrastructure/http/http-server.js';
import type { HttpParts } from '../src/infrastructure/http/kit/parts.js';
import { openDemoIssuer } from '../src/infrastructure/identity/demo/issuer.js';
import { openTokenVerifier } from '../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../src/infrastructure/logging/pino-log.js';
import { openReports } from '../src/projections/reconciliation-reports/reconciliation-reports.js';
import { noDeliveries } from '../test/support/no-deliveries.js';
import { unreachableGuardrails } from '../test/support/no-organizations.js';
import { unseenAccounts } from '../test/support/unseen-accounts.js';
import { runFolder } from './folders.js';
import type { Parts } from './parts.js';

/** No benchmark is about limits but those that say so. */
const unlimited = {
  readsPerMinutePerCaller: 1e9,
  readsPerMinutePerOrganization: 1e9,
  writesPerMinutePerCaller: 1e9,
  writesPerMinutePerOrganization: 1e9,
  requestsAtOncePerOrganization: 1e9,
};

/** Starts serving on a free port; `calls` and `live` are limits, of calls there are none unless they are given. */
export async function serveParts(
  parts: Parts,
  { calls = unlimited, live = {} }: Pick<HttpParts, 'calls' | 'live'> = {},
) {
  const issuer = await openDemoIssuer(runFolder());
  const log = openLog({ level: 'info', destination: { write: () => undefined } });
  const tokenVerifier = openTokenVerifier(issuer, { log });
  const list = async (): Promise<never> => {
    throw new Error('No AWS is simulated in this benchmark.');
  };
  const reconciliation = startReconciliation({
    mayAct: () => true,
    noteState: async () => undefined,
    ...parts.dependencies,
    list,
    reports: openReports(parts.reportFile),
    log,
  });
  const closing = new AsyncDisposableStack();
  const keys = { key: new Uint8Array(32).fill(9), former: undefined };
  const audit = await openAudit(
    {
      store: parts.store,
      audited: auditedFile(parts.file, () => undefined),
      evidence: { terms: [], baselineOf: () => undefined },
      data: dirname(parts.file),
      keys,
      name: 'partner-cloud',
      headEverySeconds: 60,
      clock: systemClock,
      log,
      acceptedLoss: false,
      archive: undefined,
      mayAct: () => true,
    },
    closing,
  );
  const server = await startHttp({
    ...parts,
    audit,
    tokenVerifier,
    health: { live: () => ({ status: 'live' }), ready: async () => ({ ok: true, checks: {}, lagSeconds: 0 }) },
    reconciliation,
    guardrails: unreachableGuardrails(),
    hardening: unseenAccounts(),
    webhooks: webhooksOf(
      { webhooks: { privateNetworks: ['127.0.0.0/8'] } },
      { ...parts.dependencies, deliveries: noDeliveries },
    ),
    log,
    calls,
    live,
    host: '127.0.0.1',
    port: 0,
  });
  return {
    url: server.url,
    issuer,
    log,
    tokenVerifier,
    async close() {
      await server.close();
      await closing.disposeAsync();
      await reconciliation.stop();
    },
  };
}
