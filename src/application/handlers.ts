/** Every handler behind the buses, for whichever way in a command or query comes. */
import { GetEvidenceHandler, VerifyLogHandler } from './audit/auditor-calls.js';
import { ExportLogHandler } from './audit/export-log.js';
import {
  GetAuditKeysHandler,
  GetConsistencyHandler,
  GetHeadHandler,
  GetReceiptHandler,
} from './audit/witness-calls.js';
import { ChangePayerHandler } from './commands/change-payer.js';
import { ChangeProviderHandler } from './commands/change-provider.js';
import { OpenCommandLineSessionHandler, OpenConsoleSessionHandler } from './commands/open-session.js';
import { ReportOrganizationHandler } from './commands/report-organization.js';
import { RequestProviderHandler } from './commands/request-provider.js';
import { ResumeHaltedHandler, TryResumptionHandler } from './commands/resume-halted.js';
import { RevealCredentialsHandler } from './commands/reveal-credentials.js';
import { ApplyGuardrailsHandler, GetGuardrailsHandler } from './guardrails/guardrail-calls.js';
import { CheckHardeningHandler, DecideExceptionHandler, GetHardeningHandler } from './hardening/hardening-calls.js';
import { ListExceptionsHandler } from './hardening/list-exceptions.js';
import { DecideRolloutHandler, GetRolloutHandler } from './hardening/rollout-calls.js';
import { DecideQuarantineHandler, GetQuarantineHandler } from './quarantine/quarantine-commands.js';
import { GetOptionsHandler, GetTermsHandler, GetTerritoriesHandler } from './queries/catalogue.js';
import { FollowChangesHandler } from './queries/follow-changes.js';
import { GetPayersHandler, GetProjectionsHandler, GetQueueHandler } from './queries/operations.js';
import { GetHistoryHandler } from './queries/provider-history.js';
import { GetStatusHandler, ListProvidersHandler, SearchProvidersHandler } from './queries/providers.js';
import { GetStatisticsHandler } from './queries/statistics.js';
import { GetReconciliationHandler, StartReconciliationHandler } from './reconciliation/reconciliation-calls.js';
import { ChangeWebhookHandler } from './webhooks/change-webhook.js';
import { GetWebhookHandler, ListWebhooksHandler } from './webhooks/read-webhooks.js';
import { SubscribeWebhookHandler } from './webhooks/subscribe-webhook.js';
import { GetDeliveriesHandler, TestWebhookHandler } from './webhooks/try-webhook.js';
import { TryAcceptanceHandler, TryRequestHandler } from './what-if/what-if.js';

export const handlers = [
  ReportOrganizationHandler,
  RequestProviderHandler,
  ChangeProviderHandler,
  ResumeHaltedHandler,
  TryResumptionHandler,
  ChangePayerHandler,
  GetGuardrailsHandler,
  ApplyGuardrailsHandler,
  GetHardeningHandler,
  CheckHardeningHandler,
  DecideExceptionHandler,
  ListExceptionsHandler,
  GetRolloutHandler,
  DecideRolloutHandler,
  DecideQuarantineHandler,
  GetQuarantineHandler,
  RevealCredentialsHandler,
  OpenConsoleSessionHandler,
  OpenCommandLineSessionHandler,
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
  TryRequestHandler,
  TryAcceptanceHandler,
  GetStatisticsHandler,
  GetReconciliationHandler,
  StartReconciliationHandler,
  GetAuditKeysHandler,
  GetEvidenceHandler,
  GetHeadHandler,
  GetConsistencyHandler,
  GetReceiptHandler,
  VerifyLogHandler,
  ExportLogHandler,
  FollowChangesHandler,
  SubscribeWebhookHandler,
  ChangeWebhookHandler,
  GetWebhookHandler,
  ListWebhooksHandler,
  TestWebhookHandler,
  GetDeliveriesHandler,
];
