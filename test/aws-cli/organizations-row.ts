/** Who calls, becoming somebody else, and the accounts of an organization from their beginning to their end. */
import { world } from '../../src/simulator/world/world.js';
import type { AwsCli, Keys } from './cli.js';

const [payer] = world.payers;
const automation = `arn:aws:sts::${world.automation.account}:assumed-role/${world.automation.role}/partner-cloud`;

export async function organizationsRow(cli: AwsCli): Promise<void> {
  await identities(cli);
  const manager = cli.as(await assumed(cli, `arn:aws:iam::${payer.account}:role/${world.vendingRole}`));
  await tree(manager);
  const account = await newAccount(manager);
  await tagsAndMoves(manager, account);
  await member(manager, account);
  await ending(manager, account);
}

/** The credentials that AssumeRole answers. */
async function assumed(cli: AwsCli, role: string): Promise<Keys> {
  const line = `sts assume-role --role-session-name cli --role-arn ${role}`;
  const answer = await cli.good(line, { AssumedRoleUser: {} });
  const { Credentials } = answer as { Credentials: Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string> };
  return {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  };
}

async function identities(cli: AwsCli): Promise<void> {
  await cli.good('sts get-caller-identity', { Account: world.automation.account, Arn: automation });
  await cli.bad('sts get-caller-identity --no-sign-request', 'MissingAuthenticationToken');
  await cli.bad('iam list-users --no-sign-request', 'MissingAuthenticationToken');
  await cli.bad('organizations list-roots --no-sign-request', 'MissingAuthenticationTokenException');
  await cli.bad('s3api list-buckets --no-sign-request', 'AccessDenied');
  const stranger = cli.as({ AWS_ACCESS_KEY_ID: 'AKIASTRANGER00000001', AWS_SECRET_ACCESS_KEY: 'secret' });
  await stranger.bad('sts get-caller-identity', 'InvalidClientTokenId');
  await stranger.bad('organizations list-roots', 'UnrecognizedClientException');
  await stranger.bad('s3api list-buckets', 'InvalidAccessKeyId');
  await cli.bad('organizations list-roots', 'AWSOrganizationsNotInUseException');
  const role = `arn:aws:iam::${payer.account}:role`;
  await cli.bad(`sts assume-role --role-session-name cli --role-arn ${role}/Nobody`, 'AccessDenied');
  const policy = `sts assume-role --role-session-name cli --role-arn ${role}/${world.vendingRole} --policy {}`;
  await cli.bad(policy, 'MalformedPolicyDocument');
  await cli.bad('sts get-session-token', 'AccessDenied');
}

async function tree(cli: AwsCli): Promise<void> {
  await cli.good('organizations describe-organization', {
    Organization: { Id: payer.organizationId, FeatureSet: 'ALL' },
  });
  await cli.good('organizations list-roots', { Roots: [{ Id: payer.rootId }] });
  await cli.good(`organizations list-organizational-units-for-parent --parent-id ${payer.rootId}`, {
    OrganizationalUnits: [{ Id: payer.customersUnit, Name: 'Customers' }],
  });
  const unit = `organizations describe-organizational-unit --organizational-unit-id ${payer.customersUnit}`;
  await cli.good(unit, { OrganizationalUnit: { Id: payer.customersUnit } });
  await cli.bad(`${unit}x`, 'OrganizationalUnitNotFoundException');
  const attached = `organizations list-policies-for-target --target-id ${payer.customersUnit} --filter`;
  await cli.good(`${attached} SERVICE_CONTROL_POLICY`, { Policies: [{ Name: 'FullAWSAccess' }] });
  await cli.bad(`${attached} NO_SUCH_POLICY`, 'InvalidInputException');
}

async function newAccount(cli: AwsCli): Promise<string> {
  const create = 'organizations create-account --account-name ctl-cli --email aws+cli@reseller.example';
  const begun = await cli.good(create, { CreateAccountStatus: { State: 'IN_PROGRESS', AccountName: 'ctl-cli' } });
  const { CreateAccountStatus } = begun as { CreateAccountStatus: { Id: string } };
  const done = await cli.good(
    `organizations describe-create-account-status --create-account-request-id ${CreateAccountStatus.Id}`,
    { CreateAccountStatus: { State: 'SUCCEEDED' } },
  );
  const again = await cli.good(create, { CreateAccountStatus: { State: 'IN_PROGRESS' } });
  const { Id } = (again as { CreateAccountStatus: { Id: string } }).CreateAccountStatus;
  await cli.good(`organizations describe-create-account-status --create-account-request-id ${Id}`, {
    CreateAccountStatus: { State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' },
  });
  await cli.bad(
    'organizations create-account --account-name ctl<x> --email aws+x@reseller.example',
    'InvalidInputException',
  );
  await cli.good('organizations list-create-account-status --states FAILED', {
    CreateAccountStatuses: [{ FailureReason: 'EMAIL_ALREADY_EXISTS' }],
  });
  return (done as { CreateAccountStatus: { AccountId: string } }).CreateAccountStatus.AccountId;
}

async function tagsAndMoves(cli: AwsCli, account: string): Promise<void> {
  const email = { Id: account, Email: 'aws+cli@reseller.example' };
  await cli.good(`organizations describe-account --account-id ${account}`, { Account: email });
  await cli.bad('organizations describe-account --account-id 000000000000', 'AccountNotFoundException');
  await cli.good('organizations list-accounts', { Accounts: [{ Name: payer.name }] });
  await cli.good(`organizations tag-resource --resource-id ${account} --tags Key=owner,Value=us`);
  const twice = `organizations tag-resource --resource-id ${account} --tags Key=a,Value=1 Key=a,Value=2`;
  await cli.bad(twice, 'InvalidInputException');
  await cli.good(`organizations list-tags-for-resource --resource-id ${account}`, {
    Tags: [{ Key: 'owner', Value: 'us' }],
  });
  const move = `organizations move-account --account-id ${account} --source-parent-id ${payer.rootId} --destination-parent-id`;
  await cli.bad(`${move} ${payer.rootId.replace('r-', 'ou-')}-nowhere1`, 'DestinationParentNotFoundException');
  await cli.good(`${move} ${payer.customersUnit}`);
  await cli.bad(`${move} ${payer.customersUnit}`, 'DuplicateAccountException');
  await cli.good(`organizations list-parents --child-id ${account}`, {
    Parents: [{ Id: payer.customersUnit, Type: 'ORGANIZATIONAL_UNIT' }],
  });
  await cli.good(`organizations list-accounts-for-parent --parent-id ${payer.customersUnit}`, { Accounts: [email] });
}

async function member(manager: AwsCli, account: string): Promise<void> {
  const cli = manager.as(await assumed(manager, `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`));
  await cli.good('sts get-caller-identity', { Account: account });
  await cli.good('iam list-roles --path-prefix /aws-service-role/', {
    Roles: [{ RoleName: 'AWSServiceRoleForOrganizations' }],
  });
  await cli.bad('organizations list-accounts', 'AccessDeniedException');
}

async function ending(cli: AwsCli, account: string): Promise<void> {
  await cli.bad(`organizations close-account --account-id ${payer.account}`, 'ConstraintViolationException');
  const remove = `organizations remove-account-from-organization --account-id ${account}`;
  await cli.bad(remove, 'ConstraintViolationException');
  await cli.good(`organizations close-account --account-id ${account}`);
  await cli.bad(`organizations close-account --account-id ${account}`, 'AccountAlreadyClosedException');
  const role = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
  await cli.bad(`sts assume-role --role-session-name cli --role-arn ${role}`, 'AccessDenied');
  await cli.bad('organizations list-handshakes-for-account', 'UnknownOperationException');
}
