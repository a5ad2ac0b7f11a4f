/** An administrator asks for a provider. Everything that makes its account unique is fixed here, before any call to AWS. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decide } from '../../domain/provider/decide.js';
import type { Provider } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import { accountToken } from '../account-token.js';
import { organizations, providers } from '../aggregates.js';
import { causeOf, digestOf, idOf, type Sender } from '../causes.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../event-store.js';
import { requireTerritory } from '../territories.js';

export interface Asked {
  readonly name: string;
  readonly origin: 'new';
  readonly territory: string;
}

export class RequestProvider extends Command<{ providerId: string; position: Position; provider: Provider }> {
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
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, asked, by }: RequestProvider) {
    const { streams, settings } = this.on;
    requireTerritory(settings.territories.list, asked.territory);
    const standing = await streams.load(organizations, organization);
    if (standing.state.stage === 'unknown')
      throw new Refusal('not-found', 'This organization is not known here yet; its facts must be reported first.');
    const { facts } = standing.state;
    const providerId = idOf('provider', organization, by.key);
    const token = accountToken(providerId);
    const command = {
      type: 'RequestProvider' as const,
      organization,
      organizationRevision: standing.revision,
      facts,
      ...asked,
      rootEmail: settings.rootEmailPattern.replace('{token}', token),
      accountName: `ctl-${token}`,
      requestDigest: digestOf([asked.name, asked.origin, asked.territory]),
    };
    const cause = causeOf(by, providerId, ['RequestProvider', organization, asked]);
    const { position, state } = await streams.change(providers, providerId, cause, (provider) =>
      decide(command, provider),
    );
    return { providerId, position, provider: state };
  }
}
