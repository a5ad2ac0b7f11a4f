/** What moto does not have, by name and why: whatever else fails is a finding. */
import type { AwsStep } from '../../src/application/ports/ensures.js';

/** Steps that rest on operations which moto does not have. */
export const excludedSteps: Readonly<Partial<Record<AwsStep, string>>> = {
  LiveProof: 'no SimulatePrincipalPolicy',
  IssueCredentials: 'of the first generation: CreateLoginProfile forgets PasswordResetRequired, which must be noticed',
  RegionDefaults: 'no Access Analyzer, no ModifyInstanceMetadataDefaults, no snapshot block',
  RegionRecorders: 'follows RegionDefaults with nothing of its own that the home region does not try',
  OptInRegions: 'no EnableRegion',
};

/** Operations outside the steps that are tried here. */
export const excludedOperations = [
  'iam:CreateServiceLinkedRole of AWS Config, whose role gets another name than at AWS',
  'sts:AssumeRoot',
  'iam:ListOrganizationsFeatures and the switches of central root access',
  'getSigninToken of the federation',
  'the handshakes of Organizations',
] as const;
