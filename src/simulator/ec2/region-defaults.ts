/** What EC2 does in a region unless it is told otherwise: encrypt volumes, how machines read their metadata, share snapshots. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

/** Kind `ec2-region-defaults`, account, key: the region. */
interface RegionDefaults {
  readonly encryptVolumes: boolean;
  readonly metadata: Readonly<Record<string, string | number>>;
  readonly snapshotSharing: SharingState;
}

const sharingStates = ['block-all-sharing', 'block-new-sharing', 'unblocked'] as const;
type SharingState = (typeof sharingStates)[number];

const kind = 'ec2-region-defaults';

/** Source: EC2 User Guide: none of these is set in a new account. */
const initial: RegionDefaults = { encryptVolumes: false, metadata: {}, snapshotSharing: 'unblocked' };

/** @throws InvalidParameterValue */
const { optionalWord, wholeNumber } = inputReader(({ member, value, constraint }) => {
  const missing = value === undefined;
  const words = missing ? `The request must contain the parameter ${member}` : `${member}: ${constraint}`;
  return new AwsError(missing ? 'MissingParameter' : 'InvalidParameterValue', 400, words);
});

const defaultsOf = ({ documents, account, region }: Call): RegionDefaults =>
  documents.get<RegionDefaults>(kind, account, region) ?? initial;

const change = (call: Call, to: Partial<RegionDefaults>): void =>
  call.documents.put(kind, call.account, call.region, { ...defaultsOf(call), ...to });

/** Source: EC2 API, the operations of these names. */
export const regionDefaultOperations: Operations = {
  GetEbsEncryptionByDefault: (call) => ({ ebsEncryptionByDefault: defaultsOf(call).encryptVolumes }),
  EnableEbsEncryptionByDefault: (call) => encrypting(call, true),
  DisableEbsEncryptionByDefault: (call) => encrypting(call, false),
  GetInstanceMetadataDefaults: (call) => ({ accountLevel: { ...defaultsOf(call).metadata, managedBy: 'account' } }),
  ModifyInstanceMetadataDefaults(call) {
    change(call, { metadata: metadataAfter(call, defaultsOf(call).metadata) });
    return { return: true };
  },
  GetSnapshotBlockPublicAccessState: (call) => ({ state: defaultsOf(call).snapshotSharing, managedBy: 'account' }),
  EnableSnapshotBlockPublicAccess(call) {
    const state = optionalWord(call, 'State', sharingStates);
    if (state === undefined || state === 'unblocked')
      throw new AwsError('InvalidParameterValue', 400, 'State: block-all-sharing or block-new-sharing is allowed.');
    return sharing(call, state);
  },
  DisableSnapshotBlockPublicAccess: (call) => sharing(call, 'unblocked'),
};

function encrypting(call: Call, encryptVolumes: boolean) {
  change(call, { encryptVolumes });
  return { ebsEncryptionByDefault: encryptVolumes };
}

function sharing(call: Call, snapshotSharing: SharingState) {
  change(call, { snapshotSharing });
  return { state: snapshotSharing };
}

const words = {
  httpTokens: ['HttpTokens', ['optional', 'required', 'no-preference']],
  httpEndpoint: ['HttpEndpoint', ['disabled', 'enabled', 'no-preference']],
  instanceMetadataTags: ['InstanceMetadataTags', ['disabled', 'enabled', 'no-preference']],
} as const;

/** What is not named keeps its value; `no-preference` and -1 take it away. Source: ModifyInstanceMetadataDefaults. */
function metadataAfter(call: Call, before: RegionDefaults['metadata']): RegionDefaults['metadata'] {
  const hops = wholeNumber(call, 'HttpPutResponseHopLimit', -1, 64);
  const asked = Object.entries(words).map(
    ([name, [member, allowed]]) => [name, optionalWord<string>(call, member, allowed)] as const,
  );
  const after = Object.entries({ ...before, ...sent([...asked, ['httpPutResponseHopLimit', hops] as const]) });
  return Object.fromEntries(after.filter(([, value]) => value !== 'no-preference' && value !== -1));
}

const sent = (members: readonly (readonly [string, string | number | undefined])[]) =>
  Object.fromEntries(
    members.flatMap(([name, value]) => (value === undefined ? [] : ([[name, value]] as [string, string | number][]))),
  );
