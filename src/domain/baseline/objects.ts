/** What a hardened account is made of: each kind of object and the members that we hold it to. */
import type { Json } from '../canonical-json.js';
import type { PolicyDocument } from './policy-document.js';

/** The strength of IAM users' passwords; `maxAgeDays: null` means that they never expire. */
type PasswordPolicyMembers = {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly usersMayChange: boolean;
  readonly hardExpiry: boolean;
  readonly reusePrevention: number;
  readonly maxAgeDays: number | null;
};

type RoleMembers = {
  readonly trust: PolicyDocument;
  readonly description: string;
  readonly maxSessionSeconds: number;
  /** ARNs of exactly the managed policies attached. */
  readonly policies: readonly string[];
  /** Names of exactly the inline policies. */
  readonly inlinePolicies: readonly string[];
};

/** The people in a group are not ours to say, but for the user that is handed over. */
type GroupMembers = Pick<RoleMembers, 'policies' | 'inlinePolicies'>;

/** Its password, devices, keys, tags and further groups are those of whoever has it. */
type UserMembers = GroupMembers & {
  /** Its ARN has the path in it, and by its ARN the user is protected. */
  readonly path: '/';
  /** ARN of a policy; `null`: none. */
  readonly permissionsBoundary: null;
};

type BucketMembers = {
  readonly publicAccessBlocked: boolean;
  readonly ownership: 'BucketOwnerEnforced';
  readonly encryption: 'AES256';
  readonly versioning: 'Enabled';
  readonly policy: PolicyDocument;
  readonly lifecycle: BucketLifecycle;
};

/** Objects themselves stay for ever: a record that deletes itself is none. */
export type BucketLifecycle = {
  /** After so many days a version that another one has replaced, or that was deleted, goes. */
  readonly formerVersionsDays: number;
  /** After so many days what was begun to be written and never finished goes. */
  readonly unfinishedUploadsDays: number;
};

type ContactMembers = {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
};

type TrailMembers = {
  readonly bucket: string;
  readonly multiRegion: boolean;
  readonly globalEvents: boolean;
  readonly logFileValidation: boolean;
  /** Reads and writes of every service are recorded: nothing is selected away. */
  readonly allManagementEvents: boolean;
  readonly logging: boolean;
};

type RecorderMembers = {
  readonly roleArn: string;
  readonly allSupported: boolean;
  readonly globalResourceTypes: boolean;
};

/** The members by kind. Whether a recorder records is a kind of its own, because it waits for the delivery channel. */
export interface MembersOf {
  'password-policy': PasswordPolicyMembers;
  'managed-policy': { readonly document: PolicyDocument };
  role: RoleMembers;
  group: GroupMembers;
  'handed-over-user': UserMembers;
  /** Named after the group. */
  'group-membership': { readonly user: string };
  /** Of a role that AWS makes; what it may do is AWS's to say. */
  'role-trust': { readonly trust: PolicyDocument };
  'service-linked-role': { readonly service: string };
  bucket: BucketMembers;
  trail: TrailMembers;
  'config-recorder': RecorderMembers;
  'delivery-channel': { readonly bucket: string };
  recording: { readonly on: boolean };
  /** Of the whole account in S3. */
  'public-access-block': { readonly blocked: boolean };
  /** All in one member, so that no line of a change says whom it is about. */
  'alternate-contact': { readonly contact: ContactMembers };
  'opt-in-region': { readonly enabled: boolean };
  'volume-encryption': { readonly byDefault: boolean };
  'instance-metadata': { readonly tokens: 'required' };
  'snapshot-sharing': { readonly public: 'block-all-sharing' };
  'access-analyzer': { readonly active: boolean };
}
export type ObjectKind = keyof MembersOf;

/** Where an object lives: a region, or `global` for what a whole account has once. */
export type Place = string;

/** One object as it should be. */
export type Desired<K extends ObjectKind> = {
  readonly kind: K;
  readonly name: string;
  readonly place: Place;
  /** `created-once` objects must exist, but what they hold belongs to somebody else. */
  readonly contents: 'ours' | 'created-once';
  readonly members: MembersOf[K];
  /** Why the account has it, in one sentence for people; no part of what is compared or of a digest. */
  readonly why: string;
};
export type DesiredObject = { readonly [K in ObjectKind]: Desired<K> }[ObjectKind];

/** One object as it is: its name may be another where AWS allows only one of a kind; `null` members: it is absent. */
export type Observed = {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly place: Place;
  readonly members: { readonly [member: string]: Json } | null;
};

/** An object that we hold to all its members. */
export function ours<K extends ObjectKind>(
  kind: K,
  name: string,
  place: Place,
  members: MembersOf[K],
  why: string,
): Desired<K> {
  return { kind, name, place, contents: 'ours', members, why };
}
