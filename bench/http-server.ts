/** The process that serves in HTTP benchmarks: the service and, beside it, the bare route it is measured against. */
import { type BareKind, startBare } from './bare-routes.js';
import { openParts } from './parts.js';
import { requestProviders } from './request-providers.js';
import { providerIdOf } from './requested-log.js';
import { serveParts } from './serve-parts.js';

/** What the parent learns once both listen. */
export interface Serving {
  readonly ours: number;
  readonly bare: number;
  /** A token that may do what is measured. */
  readonly token: string;
}

/** What the parent asks for: providers whose terms can be accepted, or the end. */
export type Asked = { readonly request: readonly [first: number, count: number] } | 'stop';

const [folder = '', kind = ''] = process.argv.slice(2);
const parts = await openParts(folder);
const ours = await serveParts(parts);
const token = await ours.issuer.issue(kind === 'command' ? 'administrator' : 'auditor');
const statusBody = kind === 'status' ? await bytesOfStatus(ours.url, token) : '';
const bare = await startBare(kind as BareKind, { ...ours, statusBody });
process.send?.({ ours: Number(new URL(ours.url).port), bare, token } satisfies Serving);

process.on('message', async (asked: Asked) => {
  if (asked !== 'stop') {
    await requestProviders(parts.dependencies.streams, ...asked.request);
    await parts.caughtUp();
    process.send?.('requested');
    return;
  }
  await ours.close();
  await parts.close();
  process.exit(0);
});
process.once('disconnect', () => process.exit(1));

/** What the service itself answers for one provider; all of them have answers of about the same length. */
async function bytesOfStatus(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/v1/providers/${providerIdOf(0)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}
