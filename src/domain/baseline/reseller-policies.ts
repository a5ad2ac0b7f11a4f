/**
 * What the reseller's roles may do beyond reading: support, auto-remediation, cost analytics, deployment
 * automation.
 */
import { customerPolicyName } from './names.js';
import { type PolicyDocument, policy, type Statement } from './policy-document.js';
import { type BaselineSettings, managedPolicyArn } from './settings.js';

const allow = (sid: string, actions: readonly string[], resource: string | readonly string[] = '*'): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
});

/** Support has four doors. */
export const supportServices = ['support', 'support-console', 'supportapp', 'supportplans'];

/**
 * Support goes through the reseller. Source: Service Authorization Reference; `support:*` alone leaves three
 * doors open.
 */
export const noSupportPolicy = (): PolicyDocument =>
  policy({
    Sid: 'DenySupport',
    Effect: 'Deny',
    Action: supportServices.map((service) => `${service}:*`),
    Resource: '*',
  });

/** Support staff open cases for the customer and get a stuck machine going again. */
export const operationsPolicy = (): PolicyDocument =>
  policy(
    allow(
      'OpenSupportCases',
      supportServices.map((service) => `${service}:*`),
    ),
    allow('SeeHealthAndQuotas', ['health:Describe*', 'servicequotas:Get*', 'servicequotas:List*', 'trustedadvisor:*']),
    allow('OperateMachines', ['ec2:RebootInstances', 'ec2:StartInstances', 'ec2:StopInstances']),
    allow('OperateAlarms', [
      'cloudwatch:DisableAlarmActions',
      'cloudwatch:EnableAlarmActions',
      'cloudwatch:PutMetricAlarm',
    ]),
  );

/** Auto-remediation: users in no group lose their permissions, new groups get the customer policy. */
export function accountControlsPolicy(settings: BaselineSettings): PolicyDocument {
  return policy(
    allow('SeeIdentities', ['iam:Get*', 'iam:List*', 'iam:GenerateCredentialReport']),
    allow('TakePermissionsFromUsers', ['iam:DeleteUserPolicy', 'iam:DetachUserPolicy', 'iam:RemoveUserFromGroup']),
    {
      ...allow('GiveGroupsTheCustomerPolicy', ['iam:AttachGroupPolicy']),
      Condition: { ArnEquals: { 'iam:PolicyARN': managedPolicyArn(settings, customerPolicyName(settings.prefix)) } },
    },
    allow('EvaluateConfiguration', [
      'config:BatchGet*',
      'config:Describe*',
      'config:Get*',
      'config:List*',
      'config:PutEvaluations',
      'config:SelectResourceConfig',
    ]),
    allow('WriteLogs', ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  );
}

/** Service managers see how the account does; nobody is one until the service is bought. */
export const serviceManagementPolicy = (): PolicyDocument =>
  policy(
    allow('SeeService', [
      'cloudwatch:Describe*',
      'cloudwatch:Get*',
      'cloudwatch:List*',
      'health:Describe*',
      'servicequotas:Get*',
      'servicequotas:List*',
      'support:Describe*',
      'trustedadvisor:Describe*',
    ]),
  );

/** What the application manager deploys and watches. */
const deployedServices = [
  'application-autoscaling',
  'autoscaling',
  'cloudformation',
  'cloudwatch',
  'ec2',
  'ecs',
  'elasticache',
  'elasticloadbalancing',
  'events',
  'lambda',
  'logs',
  'rds',
  'route53',
  's3',
  'sns',
  'sqs',
];

/** Deployment automation and monitoring; roles may be handed only to the services that run workloads. */
export const applicationManagerPolicy = (): PolicyDocument =>
  policy(
    allow(
      'DeployAndWatch',
      deployedServices.map((service) => `${service}:*`),
    ),
    {
      ...allow('GiveWorkloadsTheirRoles', ['iam:PassRole']),
      Condition: {
        StringEquals: {
          'iam:PassedToService': ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'lambda.amazonaws.com'],
        },
      },
    },
  );

/** An override that its owner has not filled yet: a policy needs a statement, and this one gives what everybody has. */
export const emptyOverridePolicy = (): PolicyDocument => policy(allow('Empty', ['sts:GetCallerIdentity']));
