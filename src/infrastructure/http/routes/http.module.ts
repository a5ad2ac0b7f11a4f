/** The HTTP side as a Nest module: controllers, the guard and filter around them, and the handlers behind the buses. */
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangePayerHandler } from '../../../application/commands/change-payer.js';
import { ChangeProviderHandler } from '../../../application/commands/change-provider.js';
import { ReportOrganizationHandler } from '../../../application/commands/report-organization.js';
import { RequestProviderHandler } from '../../../application/commands/request-provider.js';
import { OpenConsoleSessionHandler, RevealCredentialsHandler } from '../../../application/commands/use-credentials.js';
import { DEPENDENCIES } from '../../../application/dependencies.js';
import { DecideQuarantineHandler, GetQuarantineHandler } from '../../../application/quarantine/quarantine-commands.js';
import { GetOptionsHandler, GetTermsHandler, GetTerritoriesHandler } from '../../../application/queries/catalogue.js';
import { GetPayersHandler, GetProjectionsHandler, GetQueueHandler } from '../../../application/queries/operations.js';
import {
  GetHistoryHandler,
  GetStatusHandler,
  ListProvidersHandler,
  SearchProvidersHandler,
} from '../../../application/queries/providers.js';
import { BearerGuard } from '../kit/bearer-guard.js';
import { liveLimits } from '../kit/live-limits.js';
import { CHANGES, HEALTH, type HttpParts, LIVE_LIMITS, LOG, RECONCILIATION, TOKEN_VERIFIER } from '../kit/parts.js';
import { ProblemFilter } from '../kit/problem-filter.js';
import { CatalogueController } from './catalogue.controller.js';
import { ChangesController } from './changes.controller.js';
import { CredentialsController } from './credentials.controller.js';
import { HealthController } from './health.controller.js';
import { LiveChanges } from './live-changes.js';
import { OperationsController } from './operations.controller.js';
import { OrganizationsController } from './organizations.controller.js';
import { PayersController } from './payers.controller.js';
import { ProvidersController } from './providers.controller.js';
import { QuarantineController } from './quarantine.controller.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { Routes } from './routes.js';

/** Every controller; the guide is held to them. */
export const controllers = [
  CatalogueController,
  OrganizationsController,
  ProvidersController,
  CredentialsController,
  ChangesController,
  OperationsController,
  PayersController,
  QuarantineController,
  ReconciliationController,
  HealthController,
];

const handlers = [
  ReportOrganizationHandler,
  RequestProviderHandler,
  ChangeProviderHandler,
  ChangePayerHandler,
  DecideQuarantineHandler,
  GetQuarantineHandler,
  RevealCredentialsHandler,
  OpenConsoleSessionHandler,
  GetTerritoriesHandler,
  GetTermsHandler,
  GetOptionsHandler,
  GetStatusHandler,
  ListProvidersHandler,
  GetHistoryHandler,
  GetPayersHandler,
  GetQueueHandler,
  GetProjectionsHandler,
  SearchProvidersHandler,
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
    { provide: RECONCILIATION, useValue: parts.reconciliation },
    { provide: LOG, useValue: parts.log },
    { provide: LIVE_LIMITS, useValue: parts.live ?? liveLimits },
    { provide: APP_GUARD, useClass: BearerGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
});
