/** The HTTP side as a Nest module: controllers, the guard and filter around them, and the handlers behind the buses. */
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AUDIT } from '../../application/audit/audit.js';
import { DEPENDENCIES } from '../../application/dependencies.js';
import { GUARDRAILS } from '../../application/guardrails/guardrail-calls.js';
import { handlers } from '../../application/handlers.js';
import { HARDENING } from '../../application/hardening/hardening-calls.js';
import { RECONCILIATION } from '../../application/reconciliation/reconciliation-calls.js';
import { WEBHOOKS } from '../../application/webhooks/webhook-service.js';
import { callLimits } from './kit/call-limits.js';
import { FairScheduler } from './kit/fair-scheduler.js';
import { InFlight } from './kit/in-flight.js';
import { liveLimits } from './kit/live-limits.js';
import { API_DOCUMENT, CHANGES, HEALTH, type HttpParts, LIVE_LIMITS, LOG } from './kit/parts.js';
import { PathMethods } from './kit/path-methods.js';
import { ProblemFilter } from './kit/problem-filter.js';
import { apiDocument } from './openapi/document.js';
import { AuditController } from './routes/audit.js';
import { AuditExportController } from './routes/audit-export.js';
import { CatalogueController } from './routes/catalogue.js';
import { ChangeFeedController } from './routes/change-feed.js';
import { ChangesController } from './routes/changes.js';
import { CredentialsController } from './routes/credentials.js';
import { DocsController } from './routes/docs.js';
import { ExceptionsController } from './routes/exceptions.js';
import { GuardrailsController } from './routes/guardrails.js';
import { HardeningController } from './routes/hardening.js';
import { HealthController } from './routes/health.js';
import { LiveChanges } from './routes/live-changes.js';
import { MeController } from './routes/me.js';
import { OpenApiController } from './routes/openapi.js';
import { OperationsController } from './routes/operations.js';
import { OrganizationsController } from './routes/organizations.js';
import { PayersController } from './routes/payers.js';
import { ProviderHistoryController } from './routes/provider-history.js';
import { ProvidersController } from './routes/providers.js';
import { QuarantineController } from './routes/quarantine.js';
import { ReconciliationController } from './routes/reconciliation.js';
import { ResumptionsController } from './routes/resumptions.js';
import { RolloutsController } from './routes/rollouts.js';
import { StatisticsController } from './routes/statistics.js';
import { WebhooksController } from './routes/webhooks.js';

/** Every controller of the API; the guide is held to them. Pages for people are no part of it. */
export const controllers = [
  MeController,
  CatalogueController,
  OrganizationsController,
  ProvidersController,
  ProviderHistoryController,
  CredentialsController,
  ChangesController,
  ChangeFeedController,
  OperationsController,
  StatisticsController,
  PayersController,
  GuardrailsController,
  HardeningController,
  ExceptionsController,
  RolloutsController,
  ResumptionsController,
  QuarantineController,
  ReconciliationController,
  WebhooksController,
  AuditController,
  AuditExportController,
  HealthController,
  OpenApiController,
];

@Module({})
class HttpModule {}

/** The module over the given parts. */
export const httpModule = (parts: HttpParts): DynamicModule => ({
  module: HttpModule,
  imports: [CqrsModule],
  controllers: [...controllers, DocsController],
  providers: [
    ...handlers,
    PathMethods,
    LiveChanges,
    { provide: FairScheduler, useValue: new FairScheduler() },
    {
      provide: InFlight,
      useValue: new InFlight(parts.calls?.requestsAtOncePerOrganization ?? callLimits.requestsAtOncePerOrganization),
    },
    { provide: DEPENDENCIES, useValue: parts.dependencies },
    { provide: API_DOCUMENT, useValue: () => apiDocument(controllers) },
    { provide: CHANGES, useValue: parts.changes },
    { provide: HEALTH, useValue: parts.health },
    { provide: RECONCILIATION, useValue: parts.reconciliation },
    { provide: AUDIT, useValue: parts.audit },
    { provide: GUARDRAILS, useValue: parts.guardrails },
    { provide: HARDENING, useValue: parts.hardening },
    { provide: WEBHOOKS, useValue: parts.webhooks },
    { provide: LOG, useValue: parts.log },
    { provide: LIVE_LIMITS, useValue: { ...liveLimits, ...parts.live } },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
});
