/** What each call asks permission for, over all services. */
import { accessAnalyzerDemands } from '../access-analyzer/demands.js';
import { accountDemands } from '../account/demands.js';
import { cloudtrailDemands } from '../cloudtrail/demands.js';
import { configDemands } from '../config/demands.js';
import type { Call } from '../engine/core.js';
import { iamDemands } from '../iam/demands.js';
import { organizationsDemands } from '../organizations/demands.js';
import type { Demand, Demands } from '../policies/demand.js';
import { s3Demands } from '../s3/demands.js';
import { s3ControlDemands } from '../s3control/demands.js';
import { secretsManagerDemands } from '../secretsmanager/demands.js';
import { snsDemands } from '../sns/demands.js';
import { stsDemands } from '../sts/demands.js';

const tables: Readonly<Record<string, Demands>> = {
  'access-analyzer': accessAnalyzerDemands,
  account: accountDemands,
  cloudtrail: cloudtrailDemands,
  config: configDemands,
  iam: iamDemands,
  organizations: organizationsDemands,
  s3: s3Demands,
  's3-control': s3ControlDemands,
  secretsmanager: secretsManagerDemands,
  sns: snsDemands,
  sts: stsDemands,
};

/** An operation that no table names asks for the action of its own name on `*`. */
export function demandsOf(call: Call): readonly Demand[] {
  const table = tables[call.service];
  const demands = table && Object.hasOwn(table, call.operation) ? table[call.operation] : undefined;
  return demands?.(call) ?? [{ action: `${call.service}:${call.operation}`, resource: '*' }];
}
