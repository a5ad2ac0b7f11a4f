/** The simulated Service Quotas: what it lists of Organizations, in the one region that keeps it. */

import { violationText } from '../engine/constraints.js';
import { AwsError, type Call, type Operations, type Service } from '../engine/core.js';
import { inputReader } from '../engine/input.js';
import { jsonWire } from '../protocol/json.js';

const { text } = inputReader((breach) => new AwsError('ValidationException', 400, violationText(breach)));

/** Quotas of global services are kept there. Source: Service Quotas User Guide. */
const homeOfGlobal = 'us-east-1';

/** Source: Organizations User Guide, Quotas. Codes are not the same everywhere, so that nobody should rely on this one. */
const organizationsQuotas = [
  { QuotaName: 'Default maximum number of accounts', QuotaCode: 'L-E619E033', Value: 1000, Adjustable: true },
];

const listed = (call: Call) =>
  organizationsQuotas.map((quota) => ({
    ServiceCode: 'organizations',
    ServiceName: 'AWS Organizations',
    QuotaArn: `arn:aws:servicequotas:${call.region}:${call.account}:organizations/${quota.QuotaCode}`,
    ...quota,
    Unit: 'None',
    GlobalQuota: true,
  }));

const operations: Operations = {
  ListServiceQuotas(call) {
    const service = text(call, 'ServiceCode');
    const known = service === 'organizations' && call.region === homeOfGlobal;
    if (!known)
      throw new AwsError(
        'NoSuchResourceException',
        400,
        `The request failed because the service ${service} does not exist here.`,
      );
    return { Quotas: listed(call) };
  },
};

/** Source: Service Quotas API, 2019-06-24. */
export const serviceQuotas: Service = {
  name: 'servicequotas',
  wire: jsonWire('ServiceQuotasV20190624'),
  inputs: { ListServiceQuotas: ['MaxResults', 'NextToken', 'ServiceCode'] },
  operations,
};
