/** Whether AWS accepts what the vault holds, from the issue of a temporary password until somebody chooses another. */
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import { idIn } from '../../src/application/streams/aggregates.js';
import { administratorUserName as userName } from '../../src/domain/baseline/names.js';
import type { CredentialsIssued } from '../../src/domain/provider/credential-events.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import type { AwsWorld } from './aws-world.js';
import type { Customer } from './customer.js';
import type { Observer } from './observer.js';
import type { VirtualTime } from './virtual-time.js';
import { clockApartMs } from './worker.js';

export interface HandoutParts {
  readonly time: VirtualTime;
  readonly folder: string;
  readonly key: Uint8Array;
  readonly aws: AwsWorld;
  readonly observer: Observer;
  readonly customers: readonly Customer[];
  /** How long AWS may take to know a new password; milliseconds. */
  readonly propagationMs: number;
  readonly violated: (what: string) => void;
}

const lookAgainMs = 180_000;
const outside = { over: false };

export class Handouts {
  readonly #vault;

  constructor(private readonly on: HandoutParts) {
    this.#vault = openSqliteVault({ file: join(on.folder, 'vault.db'), key: on.key });
  }

  /** Begins to watch what these events hand out. */
  watch(events: readonly RecordedEvent[]): void {
    for (const { stream, event } of events) {
      const providerId = idIn('provider', stream);
      if (event.type !== 'CredentialsIssued' || providerId === undefined) continue;
      this.#later(this.on.propagationMs + 1, providerId, event);
    }
  }

  close(): void {
    this.#vault.close();
  }

  #later(ms: number, providerId: string, issued: CredentialsIssued): void {
    this.on.time.after(ms, () => void this.#look(providerId, issued), outside);
  }

  async #look(providerId: string, issued: CredentialsIssued): Promise<void> {
    const { observer, customers, aws, time, violated } = this.on;
    const provider = observer.provider(providerId);
    const mine = provider.stage === 'active' && provider.credentials.generation === issued.generation;
    const claimed = customers.some((one) => one.providerId === providerId && one.claimed >= issued.generation);
    if (
      !mine ||
      provider.credentials.state !== 'issued' ||
      claimed ||
      time.now >= Date.parse(issued.expiresAt) - 2 * clockApartMs
    )
      return;
    const kept = await this.#vault.get(issued.secret.slice(0, issued.secret.lastIndexOf('#')), issued.generation);
    const password = kept.state === 'kept' ? kept.value : '';
    const { outcome } = aws.signIn({ account: provider.accountId, userName, password, newPassword: undefined });
    if (outcome === 'new-password-required') return this.#later(lookAgainMs, providerId, issued);
    violated(`${providerId}: the vault's password number ${issued.generation} (${kept.state}) is ${outcome} by AWS`);
  }
}
