/** The simulated world with the guardrails of the reseller of the tests on its customers' units from the beginning. */
import { guardrails } from '../../src/domain/guardrails/service-control-policies.js';
import { furnishWith } from '../../src/simulator/furnish.js';

/** Those of the prefix and home region that every configuration of the tests has. */
export const ownGuardrails = guardrails({
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  homeRegion: 'us-east-1',
});

export const guardedWorld = furnishWith(ownGuardrails);
