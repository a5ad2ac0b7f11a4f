/**
 * The rooms of each house, and the files at its door, from the ground up: each imports only from floors below its own, and
 * from itself. Every folder that holds folders is a house, and everything in it stands on a floor.
 */
export const houses = {
  // What stands on the ground knows nothing of the rest: the simulator stands for AWS, the client for whoever calls.
  src: [
    ['domain', 'simulator', 'client'],
    ['application'],
    ['infrastructure'],
    ['config', 'projections'],
    ['composition'],
    ['cli', 'main.ts'],
  ],
  // What several aggregates share lies at the door and knows none of them; `events.ts` alone lists the events of all.
  'src/domain': [
    ['account-token.ts', 'canonical-json.ts', 'failed-call.ts', 'foreign-event.ts', 'refusal.ts'],
    ['percentiles.ts', 'periods.ts', 'persistent-map.ts', 'reserved-events.ts', 'terms.ts', 'territories.ts'],
    [
      'access.ts',
      'allowance.ts',
      'log.ts',
      'organization.ts',
      'payer.ts',
      'quarantine.ts',
      'refusals.ts',
      'resumption.ts',
      'wrong-proofs.ts',
    ],
    ['access-limits.ts', 'eligibility.ts'],
    ['provider', 'reconciliation', 'webhooks'],
    ['baseline'],
    ['guardrails', 'hardening', 'own-access'],
    ['events.ts'],
    ['audit', 'queue'],
  ],
  'src/application': [
    ['ports', 'error-text.ts', 'masked.ts', 'spans.ts'],
    ['authorization'],
    ['streams'],
    ['dependencies.ts', 'history'],
    ['quarantine'],
    ['authorized-providers.ts', 'processes', 'reconciliation'],
    ['provisioning', 'guardrails', 'audit', 'hardening', 'webhooks'],
    ['commands', 'queries'],
    ['what-if'],
    ['handlers.ts'],
  ],
  'src/application/webhooks': [
    ['messages', 'signing-secrets.ts', 'webhook-view.ts'],
    ['attempts'],
    ['notices', 'webhook-service.ts'],
    ['delivery', 'change-webhook.ts', 'read-webhooks.ts', 'subscribe-webhook.ts'],
    ['try-webhook.ts'],
  ],
  'src/projections': [
    ['engine', 'set-aside.ts'],
    [
      ...['provider-status', 'payer-load', 'audit-history', 'organizations', 'statistics', 'webhooks', 'exceptions'],
      ...['reconciliation-reports', 'hardening-looks', 'webhook-deliveries'],
    ],
    ['read-model-table.ts', 'shares.ts'],
    ['queue.ts'],
    ['read-models.ts'],
  ],
  // One adapter does not know another; the composition root joins them.
  'src/infrastructure': [
    ['own-file.ts', 'proxy.ts', 'sqlite-failures.ts'],
    ['data-folder.ts', 'known-logs.ts', 'secret-keys.ts', 'sqlite-copy.ts'],
    [
      ...['audit', 'aws', 'event-store', 'http', 'identity', 'logging', 'mail', 'metrics', 'terms', 'tracing', 'vault'],
      'webhooks',
    ],
  ],
  'src/infrastructure/audit': [
    ['audit-keys.ts', 'evidence', 'sha256.ts', 'signing-key.ts'],
    ['head-files.ts', 'tree-statements.ts'],
    ['tree-file.ts'],
  ],
  'src/infrastructure/aws': [
    ['calls'],
    ['baseline', 'creation', 'credentials', 'audit', 'notices'],
    ['guardrails'],
    ['hardening', 'proof', 'preflight'],
    ['ensures.ts'],
  ],
  'src/infrastructure/event-store': [
    ['lease-stream.ts'],
    ['format', 'append-signal.ts', 'lease.ts'],
    ['sqlite', 'eventstoredb'],
  ],
  'src/infrastructure/event-store/format': [
    ['event-id.ts', 'schemas', 'stored-json.ts', 'tolerance.ts'],
    ['codec.ts', 'hash.ts', 'named-in.ts'],
    ['metadata.ts'],
    ['recorded.ts'],
    ['export-lines.ts', 'flaw.ts', 'new-append.ts', 'scanned.ts'],
  ],
  // The kit serves any routes; routes know the kit and each other's inputs, not the server that they are put into.
  'src/infrastructure/http': [['kit'], ['console.ts', 'openapi', 'routes'], ['http.module.ts'], ['http-server.ts']],
  'src/infrastructure/identity': [
    ['claims.ts', 'demo', 'invalid-token-words.ts', 'key-sources.ts'],
    ['known-keys.ts'],
    ['issuer-keys.ts'],
    ['token-verifier.ts'],
  ],
  'src/infrastructure/metrics': [
    ['counted.ts', 'family.ts', 'metered-store.ts', 'metered-vault.ts'],
    ['families', 'registry.ts'],
    ['metrics-server.ts'],
  ],
  'src/config': [
    ['rules.ts'],
    ['aws-rules.ts', 'decorators.ts'],
    ['problems.ts'],
    ['section.ts', 'yaml-file.ts'],
    ['folders.ts', 'overrides.ts', 'sections'],
    ['settings.ts'],
    ['config.ts', 'settings-of.ts'],
    ['live-settings.ts'],
  ],
  'src/composition': [
    ['log', 'health'],
    ['verification'],
    ['storage', 'start'],
    ['audit', 'sagas'],
    ['figures.ts', 'serve-http.ts'],
    ['service.ts'],
    ['ending.ts'],
  ],
  // Each file at the door is a program.
  'src/cli': [
    ['client', 'audit', 'aws-credentials', 'preflight'],
    ['guardrails'],
    ['demo'],
    [
      ...[
        'audit.ts',
        'aws-credentials.ts',
        'backup.ts',
        'baseline.ts',
        'demo.ts',
        'guardrails.ts',
        'iam.ts',
        'issuer.ts',
      ],
      ...['migrate-log.ts', 'openapi.ts', 'permissions.ts', 'preflight.ts', 'rebuild.ts', 'simulator.ts', 'token.ts'],
    ],
  ],
  'src/client': [['body-init.d.ts', 'generated']],
  'src/simulator': [
    ['engine'],
    ['protocol', 'policies', 'world'],
    ['iam', 's3', 'ec2', 'access-analyzer', 'account', 'secretsmanager', 'servicequotas', 'sns'],
    ['organizations', 'cloudtrail', 'config', 's3control'],
    ['sts'],
    ['console', 'authorization', 'furnish.ts'],
    ['control', 'services.ts'],
    ['simulator.ts'],
  ],
};
