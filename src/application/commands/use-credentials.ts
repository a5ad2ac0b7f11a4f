/** Uses of the credentials: showing the temporary password, opening the AWS console. Each is on record before it happens. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AccessCommand, type ConsoleRole, decideAccess, refuseOverLimit } from '../../domain/access.js';
import { noCredentialsYet, notThereYet } from '../../domain/provider/not-there-yet.js';
import { type Handout, hasAccount, type Provider, underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { loadVisible } from '../authorization/visible-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { accesses } from '../streams/aggregates.js';
import { type AuthorizedSender, authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import type { Position } from '../streams/event-store.js';

export interface RevealedCredentials {
  readonly userName: string;
  readonly temporaryPassword: string;
  readonly loginUrl: string;
  readonly expiresAt: string;
  readonly position: Position | undefined;
}

export class RevealCredentials extends Command<RevealedCredentials> {
  constructor(
    readonly providerId: string,
    readonly by: Sender,
  ) {
    super();
  }
}

export class OpenConsoleSession extends Command<{
  url: string;
  goodForSeconds: number;
  position: Position | undefined;
}> {
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
    const handout = issuedHandout(state, this.on.clock.now());
    const kept = await this.on.vault.get(secretName(handout), handout.generation);
    if (kept.state !== 'kept')
      throw gone('The temporary password has been destroyed; ask for new credentials if you need them.');
    const at = new Date(this.on.clock.now()).toISOString();
    const position = await recordUse(this.on, providerId, by, { type: 'Reveal', generation: handout.generation, at });
    this.on.nudge(providerId);
    const { userName, loginUrl, expiresAt } = handout;
    return { userName, temporaryPassword: kept.value, loginUrl, expiresAt, position };
  }
}

@CommandHandler(OpenConsoleSession)
export class OpenConsoleSessionHandler implements ICommandHandler<OpenConsoleSession> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, role, ...sent }: OpenConsoleSession) {
    const by = authorizedFor(role, sent.by);
    const state = await loadVisible(this.on, by.caller, providerId);
    const known = underneath(state);
    if (known.stage !== 'active' || !hasAccount(known))
      throw gone(
        notThereYet(state) ?? 'The AWS account is not ready yet; the console opens once credentials are issued.',
      );
    const at = new Date(this.on.clock.now()).toISOString();
    const position = await recordUse(this.on, providerId, by, { type: 'OpenConsole', role, at });
    const session = await this.on.consoleSessions.open({
      accountId: known.accountId,
      role,
      person: by.caller.subject,
    });
    return { ...session, position };
  }
}

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

function issuedHandout(provider: Provider, now: number): Handout {
  const known = underneath(provider);
  if (known.stage !== 'active') throw gone(notThereYet(provider) ?? noCredentialsYet);
  if (known.credentials.state !== 'issued') throw gone(withheld[known.credentials.state]);
  if (Date.parse(known.credentials.expiresAt) <= now) throw gone(withheld.expired);
  return known.credentials;
}

/** The position of the use, or the refusal; each use is counted, so an Idempotency-Key makes none of them a repeat. */
async function recordUse(
  on: Dependencies,
  providerId: string,
  by: AuthorizedSender,
  command: AccessCommand,
): Promise<Position | undefined> {
  const { limits } = on.settings;
  const { at, ...asked } = command;
  let refusal = (): void => undefined;
  const cause = causeOf({ ...by, key: undefined }, providerId, asked);
  const { position } = await on.streams.change(accesses, providerId, cause, (access) => {
    refusal = () => refuseOverLimit(command, access, limits);
    return decideAccess(command, access, limits);
  });
  refusal();
  return position;
}
