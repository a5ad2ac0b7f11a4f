/** An administrator, or a service for one, asks for a provider. Everything that makes its account unique is fixed here, before any call to AWS. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accountNameOf, accountToken } from '../../domain/account-token.js';
import { dayOf, decideAllowance } from '../../domain/allowance.js';
import { decide, type RequestProvider as RequestCommand } from '../../domain/provider/decide.js';
import { type Provider, underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { requireTerritory } from '../../domain/territories.js';
import { type AuthorizedCaller, requireOrganization } from '../authorization/authorization.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { allowances, organizations, providers } from '../streams/aggregates.js';
import { authorizedSender, causeOf, doerOf, idOf, type Sender } from '../streams/causes.js';
import { digestOf, isDigestOf } from '../streams/command-digest.js';
import { KeyedMutex } from '../streams/keyed-mutex.js';
import { onRecord } from '../streams/on-record.js';
import { type Requested, recordRefusal } from './record-refusal.js';

export interface Asked {
  readonly name: string;
  readonly origin: 'new';
  readonly territory: string;
}

export class RequestProvider extends Command<Requested> {
  /** `by.key` must be there: it makes the provider's id. */
  constructor(
    readonly organization: string,
    readonly asked: Asked,
    readonly by: Sender & { readonly key: string },
  ) {
    super();
  }
}

@CommandHandler(RequestProvider)
export class RequestProviderHandler implements ICommandHandler<RequestProvider> {
  private readonly refusing = new KeyedMutex();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, asked, ...sent }: RequestProvider): Promise<Requested> {
    const { streams } = this.on;
    const by = authorizedSender('requestProvider', sent.by);
    requireOrganization(by.caller, organization);
    const providerId = requestedId(organization, by.key);
    const command = await requestCommand(this.on, providerId, organization, asked);
    const { state } = await streams.load(providers, providerId);
    const [decided] = decide(command, state);
    const record = async (): Promise<Requested> => {
      const cause = causeOf(by, providerId, ['RequestProvider', organization, asked]);
      const changed = await streams.change(providers, providerId, cause, (provider) => decide(command, provider));
      return { providerId, ...onRecord(changed), provider: changed.state };
    };
    if (decided?.type === 'ProviderRefused') {
      const { organizationRevision, territory } = command;
      const refused = { organization, providerId, organizationRevision, territory, person: by.caller.actor };
      return this.refusing.run(organization, () => recordRefusal(this.on, refused, by, record));
    }
    if (decided) await this.count(providerId, organization, by.caller);
    return record();
  }

  /**
   * Takes one of the day's places for a request that will be recorded; a repeat and a refused organization need none. The
   * place is taken first and by the revision of the day's stream, so also several processes never record more than are
   * allowed; who dies between the two has lost at most a place. Throws a `rate-limited` refusal when none is left.
   */
  private async count(providerId: string, organization: string, caller: AuthorizedCaller): Promise<void> {
    const { streams, settings, clock } = this.on;
    const at = clock.now();
    const day = `${organization}-${dayOf(at)}`;
    const asked = ['CountRequest', providerId];
    const cause = {
      commandId: idOf(...asked),
      commandDigest: digestOf(asked),
      correlationId: providerId,
      ...doerOf(caller),
    };
    const perDay = settings.limits.accountsPerOrganizationPerDay;
    await streams.change(allowances, day, cause, (allowance) =>
      decideAllowance({ type: 'CountRequest', providerId, at }, allowance, perDay),
    );
  }
}

/** The id of the provider that is asked for with this key. */
export const requestedId = (organization: string, key: string): string => idOf('provider', organization, key);

/** Everything that a request fixes, with the organization's facts as they are now. */
export async function requestCommand(
  { streams, settings }: Pick<Dependencies, 'streams' | 'settings'>,
  providerId: string,
  organization: string,
  asked: Asked,
): Promise<RequestCommand> {
  requireTerritory(settings.territories.list, asked.territory);
  const standing = await streams.load(organizations, organization);
  if (standing.state.stage === 'unknown')
    throw new Refusal('not-found', 'This organization is not known here yet; its facts must be reported first.');
  const token = accountToken(providerId);
  return {
    type: 'RequestProvider',
    organization,
    organizationRevision: standing.revision,
    facts: standing.state.facts,
    ...asked,
    rootEmail: settings.rootEmailPattern.replace('{token}', token),
    accountName: accountNameOf(providerId),
    requestDigest: requestDigestOf(asked, (await streams.load(providers, providerId)).state),
  };
}

/** The digest of a request; the one on record where that is of the same request, in whatever form it was made. */
function requestDigestOf({ name, origin, territory }: Asked, provider: Provider): string {
  const asked = [name, origin, territory];
  const commandDigest = digestOf(asked);
  const known = underneath(provider);
  const same = 'requestDigest' in known && isDigestOf(known.requestDigest, { commandDigest, asked });
  return same ? known.requestDigest : commandDigest;
}
