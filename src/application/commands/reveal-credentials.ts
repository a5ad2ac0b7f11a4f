/** Shows the temporary password while it can be shown. What is handed out is on record before. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Handout } from '../../domain/provider/handout.js';
import { noCredentialsYet, notThereYet } from '../../domain/provider/not-there-yet.js';
import { type Provider, underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { loadAuthorized } from '../authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { VaultDamaged } from '../ports/vault.js';
import { requireLivingAccount } from '../provisioning/living-accounts.js';
import { authorizedSender, type Sender } from '../streams/causes.js';
import type { OnRecord } from '../streams/on-record.js';
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

@CommandHandler(RevealCredentials)
export class RevealCredentialsHandler implements ICommandHandler<RevealCredentials> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, ...sent }: RevealCredentials): Promise<RevealedCredentials> {
    const by = authorizedSender('revealCredentials', sent.by);
    const state = await loadAuthorized(this.on, by.caller, providerId);
    const { handout, active } = issuedHandout(state, this.on.clock.now());
    await requireLivingAccount(this.on, providerId, active);
    const kept = await this.on.vault.get(secretName(handout), handout.generation).catch(unreadable);
    if (kept.state !== 'kept')
      throw gone('The temporary password has been destroyed; ask for new credentials if you need them.');
    const use = await recordUse(this.on, providerId, by, { type: 'Reveal', generation: handout.generation });
    this.on.nudge(providerId);
    const { userName, loginUrl, expiresAt } = handout;
    return { userName, temporaryPassword: kept.value, loginUrl, expiresAt, ...use };
  }
}

function unreadable(error: unknown): never {
  if (!(error instanceof VaultDamaged)) throw error;
  throw gone('The temporary password was changed from outside and cannot be shown; ask for new credentials.');
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
