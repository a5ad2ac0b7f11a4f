/** Uses of the credentials: showing the temporary password, opening the AWS console. What is handed out is on record before. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConsoleRole } from '../../domain/access.js';
import type { AccessCommand } from '../../domain/access-limits.js';
import type { Handout } from '../../domain/provider/handout.js';
import { noCredentialsYet, notThereYet } from '../../domain/provider/not-there-yet.js';
import { hasAccount, type Provider, underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ConsoleSessionRequest } from '../ports/console-sessions.js';
import { VaultDamaged } from '../ports/vault.js';
import { requireLivingAccount } from '../provisioning/living-accounts.js';
import { type AuthorizedSender, authorizedSender, type Sender } from '../streams/causes.js';
import { KeyedMutex } from '../streams/keyed-mutex.js';
import type { OnRecord } from '../streams/on-record.js';
import { loadVisible } from '../visible-providers.js';
import { recordUse } from './record-use.js';

export interface RevealedCredentials extends OnRecord {
  readonly userName: string;
  readonly temporaryPassword: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
}

export class RevealCredentials extends Command<RevealedCredentials> {
  constructor(
    readonly providerId: string,
    readonly by: Sender,
  ) {
    super();
  }
}

export class OpenConsoleSession extends Command<OnRecord & { url: string; goodForSeconds: number }> {
  constructor(
    readonly providerId: string,
    readonly role: ConsoleRole,
    readonly by: Sender,
  ) {
    super();
  }
}

@CommandHandler(RevealCredentials)
export class RevealCredentialsHandler implements ICommandHandler<RevealCredentials> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, ...sent }: RevealCredentials): Promise<RevealedCredentials> {
    const by = authorizedSender('revealCredentials', sent.by);
    const state = await loadVisible(this.on, by.caller, providerId);
    const { handout, active } = issuedHandout(state, this.on.clock.now());
    await requireLivingAccount(this.on, providerId, active);
    const kept = await this.on.vault.get(secretName(handout), handout.generation).catch(unreadable);
    if (kept.state !== 'kept')
      throw gone('The temporary password has been destroyed; ask for new credentials if you need them.');
    const at = new Date(this.on.clock.now()).toISOString();
    const use = await recordUse(this.on, providerId, by, { type: 'Reveal', generation: handout.generation, at });
    this.on.nudge(providerId);
    const { userName, loginUrl, expiresAt } = handout;
    return { userName, temporaryPassword: kept.value, loginUrl, expiresAt, ...use };
  }
}

function unreadable(error: unknown): never {
  if (!(error instanceof VaultDamaged)) throw error;
  throw gone('The temporary password was changed from outside and cannot be shown; ask for new credentials.');
}

@CommandHandler(OpenConsoleSession)
export class OpenConsoleSessionHandler implements ICommandHandler<OpenConsoleSession> {
  private readonly mutex = new KeyedMutex();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, role, ...sent }: OpenConsoleSession) {
    const by = authorizedFor(role, sent.by);
    const state = await loadVisible(this.on, by.caller, providerId);
    const known = underneath(state);
    if (known.stage !== 'active' || !hasAccount(known))
      throw gone(
        notThereYet(state) ?? 'The AWS account is not ready yet; the console opens once credentials are issued.',
      );
    await requireLivingAccount(this.on, providerId, known);
    const request = { accountId: known.accountId, role, person: by.caller.subject };
    // One after the other: the limit is decided from facts, and AWS is asked before there is one.
    return this.mutex.run(providerId, () => this.opened(providerId, request, by));
  }

  /**
   * Asks AWS, and records what came of it before anything is handed out. Who dies in between has handed out nothing: the
   * session that AWS opened cannot be entered without its URL, and is seen in AWS's own records alone.
   */
  private async opened(providerId: string, request: ConsoleSessionRequest, by: AuthorizedSender) {
    const record = (fact: WithoutTime) => recordUse(this.on, providerId, by, { ...fact, at: this.now() });
    await record({ type: 'AskForConsole' });
    const session = await this.on.consoleSessions.open(request).catch(async (error: unknown) => {
      await record({ type: 'FailConsole' });
      throw error;
    });
    return { ...session, ...(await record({ type: 'OpenConsole', role: request.role })) };
  }

  private now(): string {
    return new Date(this.on.clock.now()).toISOString();
  }
}

type WithoutTime<C = AccessCommand> = C extends AccessCommand ? Omit<C, 'at'> : never;

/** Members may open the console too, but only to look; they are told so. */
function authorizedFor(role: ConsoleRole, by: Sender): AuthorizedSender {
  const member = authorizedSender('openReadOnlyConsole', by);
  if (role === 'read-only') return member;
  if (member.caller.roles.includes('administrator')) return authorizedSender('openConsole', by);
  throw new Refusal('forbidden', 'Members open the console with the read-only role.', [
    { field: 'role', problem: 'administrator is for administrators', allowed: 'read-only' },
  ]);
}

const gone = (words: string): Refusal => new Refusal('wrong-stage', words);

/** The vault's name of a secret, without its generation. */
const secretName = ({ secret }: Handout): string => secret.slice(0, secret.lastIndexOf('#'));

const withheld: Readonly<Record<'claimed' | 'expired' | 'reissuing', string>> = {
  claimed:
    'The administrator has chosen a password of their own, so the temporary one is gone. Ask for new credentials if it is lost.',
  expired: 'The temporary password was not used in time and has expired. Ask for new credentials.',
  reissuing: 'New credentials are being made; they can be shown in a moment.',
};

function issuedHandout(provider: Provider, now: number) {
  const known = underneath(provider);
  if (known.stage !== 'active') throw gone(notThereYet(provider) ?? noCredentialsYet);
  if (known.credentials.state !== 'issued') throw gone(withheld[known.credentials.state]);
  if (Date.parse(known.credentials.expiresAt) <= now) throw gone(withheld.expired);
  return { handout: known.credentials, active: known };
}
