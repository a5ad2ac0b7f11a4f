/**
 * The errors of Organizations. On the wire AWS answers all of them with 400 (terraform-provider-aws and
 * terraform-aws-secure-baseline #70 log it), whatever statuses the SDK's model gives them.
 */
import { AwsError } from '../engine/core.js';

/** Names and AWS's own words. Source: Organizations API 2016-11-28, and what its users logged. */
const messages = {
  AccessDeniedException: "You don't have permissions to access this resource.",
  AWSOrganizationsNotInUseException: 'Your account is not a member of an organization.',
  AccountNotFoundException: 'You specified an account that does not exist.',
  AccountAlreadyClosedException: 'You attempted to close an account that is already closed.',
  ChildNotFoundException: "You specified a child that doesn't exist.",
  ConcurrentModificationException:
    "AWS Organizations can't complete your request because it conflicts with another attempt to modify the same entity. Try again later.",
  CreateAccountStatusNotFoundException: "You specified a create account status that doesn't exist.",
  DestinationParentNotFoundException: "You specified a destination parent that doesn't exist.",
  DuplicateAccountException: 'The account is already present in the specified destination.',
  DuplicateOrganizationalUnitException: 'An OU with the same name already exists.',
  DuplicatePolicyException: 'A policy with the same name already exists.',
  DuplicatePolicyAttachmentException: 'The selected policy is already attached to the specified target.',
  MalformedPolicyDocumentException:
    'The provided policy document does not meet the requirements of the specified policy type.',
  MasterCannotLeaveOrganizationException: "You can't remove the management account from its organization.",
  OrganizationalUnitNotFoundException: "You specified an organizational unit that doesn't exist.",
  ParentNotFoundException: "You specified a parent that doesn't exist.",
  PolicyInUseException:
    'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
  PolicyNotAttachedException: "The policy isn't attached to the specified target in the specified root.",
  PolicyNotFoundException: "You specified a policy that doesn't exist.",
  PolicyTypeAlreadyEnabledException: 'The specified policy type is already enabled in the specified root.',
  PolicyTypeNotEnabledException:
    "The specified policy type isn't currently enabled in this root. You can't attach policies of the specified type to entities in a root until you enable that type in the root.",
  RootNotFoundException: "We can't find a root with the RootId that you specified.",
  SourceParentNotFoundException: "You specified a source parent that doesn't exist.",
  TargetNotFoundException: "You specified a target that doesn't exist.",
} as const;

/** An error without a reason; `more` says what was wrong with what was sent. */
export const refusal = (code: keyof typeof messages, more?: string): AwsError =>
  described(code, more === undefined ? messages[code] : `${messages[code]} ${more}`);

/** Reasons of InvalidInputException in AWS's words. Source: Organizations API, InvalidInputException. */
const invalidReasons = {
  DUPLICATE_TAG_KEY: 'Tag keys must be unique among the tags attached to the same entity.',
  IMMUTABLE_POLICY: "You specified a policy that is managed by Amazon Web Services and can't be modified.",
  INPUT_REQUIRED: 'You must include a value for all required parameters.',
  INVALID_ENUM: 'You specified an invalid value.',
  INVALID_ENUM_POLICY_TYPE: 'You specified an invalid policy type string.',
  INVALID_NEXT_TOKEN:
    'Get the value for the NextToken parameter from the response to a previous call of the operation.',
  INVALID_PATTERN: "You provided a value that doesn't match the required pattern.",
  INVALID_PATTERN_TARGET_ID: "You specified a policy target ID that doesn't match the required pattern.",
  INVALID_ROLE_NAME:
    "You provided a role name that isn't valid. A role name can't begin with the reserved prefix AWSServiceRoleFor.",
  INVALID_SYSTEM_TAGS_PARAMETER:
    "You specified a tag key that is a system tag. You can't add, edit, or delete system tag keys because they're reserved for Amazon Web Services use.",
  MAX_LENGTH_EXCEEDED: 'You provided a string parameter that is longer than allowed.',
  MAX_VALUE_EXCEEDED: 'You provided a numeric parameter that has a larger value than allowed.',
  MIN_LENGTH_EXCEEDED: 'You provided a string parameter that is shorter than allowed.',
  MIN_VALUE_EXCEEDED: 'You provided a numeric parameter that has a smaller value than allowed.',
  NON_DETACHABLE_POLICY: "You can't detach this Amazon Web Services Managed Policy.",
  UNRECOGNIZED_SERVICE_PRINCIPAL: "You specified a service principal that isn't recognized.",
} as const;

export type InvalidReason = keyof typeof invalidReasons;

/** InvalidInputException with its reason; the field is named for the reader of the simulator. */
export const invalid = (reason: InvalidReason, field: string): AwsError =>
  described('InvalidInputException', `${invalidReasons[reason]} (${field})`, reason);

/** Reasons of ConstraintViolationException in AWS's words. Source: Organizations API, ConstraintViolationException. */
const constraints = {
  ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED:
    'You attempted to exceed the number of accounts that can be in progress at a time.',
  CANNOT_CLOSE_MANAGEMENT_ACCOUNT: 'You attempted to close the management account.',
  CLOSE_ACCOUNT_QUOTA_EXCEEDED: 'You have exceeded close account quota for the past 30 days.',
  CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED: 'You attempted to exceed the number of accounts that you can close at a time.',
  MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED:
    'You attempted to exceed the number of policies of a certain type that can be attached to an entity at one time.',
  MAX_TAG_LIMIT_EXCEEDED: 'You have exceeded the number of tags allowed on this resource.',
  MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED:
    'To complete this operation with this member account, you first must associate a valid payment instrument with the account.',
  MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED:
    'You attempted to detach a policy from an entity that would cause the entity to have fewer than the minimum number of policies of a certain type required.',
  OU_DEPTH_LIMIT_EXCEEDED: 'You attempted to create an OU tree that is too many levels deep.',
  POLICY_CONTENT_LIMIT_EXCEEDED: 'You attempted to create a policy that is larger than the maximum size.',
  POLICY_NUMBER_LIMIT_EXCEEDED: 'You attempted to exceed the number of policies that you can have in an organization.',
  WAIT_PERIOD_ACTIVE: 'You must wait until at least four days after the account was created.',
} as const;

export const violation = (reason: keyof typeof constraints): AwsError =>
  described('ConstraintViolationException', constraints[reason], reason);

/** Organizations spells the member `Message`; the wire adds the lower-case one that every SDK understands. */
function described(code: string, message: string, reason?: string): AwsError {
  return new AwsError(code, 400, message, { Message: message, ...(reason !== undefined && { Reason: reason }) });
}
