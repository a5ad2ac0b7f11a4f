/** The HTTP side as a Nest module: controllers, the guard and filter around them, and the handlers behind the buses. */
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangeProviderHandler } from '../../application/commands/change-provider.js';
import { ReportOrganizationHandler } from '../../application/commands/report-organization.js';
import { RequestProviderHandler } from '../../application/commands/request-provider.js';
import { OpenConsoleSessionHandler, RevealCredentialsHandler } from '../../application/commands/use-credentials.js';
import { DEPENDENCIES } from '../../application/dependencies.js';
import { GetOptionsHandler, GetTermsHandler, GetTerritoriesHandler } from '../../application/queries/catalogue.js';
import { GetHistoryHandler, GetStatusHandler, ListProvidersHandler } from '../../application/queries/providers.js';
import { BearerGuard } from './bearer-guard.js';
import { CatalogueController } from './catalogue.controller.js';
import { ChangesController } from './changes.controller.js';
import { CredentialsController } from './credentials.controller.js';
import { HealthController } from './health.controller.js';
import { LiveChanges } from './live-changes.js';
import { liveLimits } from './live-limits.js';
import { OrganizationsController } from './organizations.controller.js';
import { CHANGES, HEALTH, type HttpParts, LIVE_LIMITS, LOG, TOKEN_VERIFIER } from './parts.js';
import { ProblemFilter } from './problem-filter.js';
import { ProvidersController } from './providers.controller.js';
import { Routes } from './routes.js';

const controllers = [
  CatalogueController,
  OrganizationsController,
  ProvidersController,
  CredentialsController,
  ChangesController,
  HealthController,
];

const handlers = [
  ReportOrganizationHandler,
  RequestProviderHandler,
  ChangeProviderHandler,
  RevealCredentialsHandler,
  OpenConsoleSessionHandler,
  GetTerritoriesHandler,
  GetTermsHandler,
  GetOptionsHandler,
  GetStatusHandler,
  ListProvidersHandler,
  GetHistoryHandler,
];

@Module({})
class HttpModule {}

/** The module over the given parts. */
export const httpModule = (parts: HttpParts): DynamicModule => ({
  module: HttpModule,
  imports: [CqrsModule],
  controllers,
  providers: [
    ...handlers,
    Routes,
    LiveChanges,
    { provide: DEPENDENCIES, useValue: parts.dependencies },
    { provide: CHANGES, useValue: parts.changes },
    { provide: TOKEN_VERIFIER, useValue: parts.tokenVerifier },
    { provide: HEALTH, useValue: parts.health },
    { provide: LOG, useValue: parts.log },
    { provide: LIVE_LIMITS, useValue: parts.live ?? liveLimits },
    { provide: APP_GUARD, useClass: BearerGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
});
