/** AWS Config in one region: its only recorder, its only delivery channel, and whether it records. */
import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import type { Desired, Observed } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import type { Reach } from './reach.js';

/** Recorders that a service made for itself stand beside ours and cannot be changed. Source: AWS Config API. */
const ofAService = 'AWSConfigurationRecorderFor';

/** The one that is ours to hold, whatever it is called: a name cannot be changed, and a second one cannot be made. */
const only = <T extends { readonly name?: string }>(list: readonly T[] | undefined): T | undefined =>
  list?.find((item) => !item.name?.startsWith(ofAService));

const named = (observed: Observed, name: string | undefined): Observed => ({
  ...observed,
  name: name ?? observed.name,
});

async function putRecorder({ clients, call }: Reach, recorder: Desired<'config-recorder'>): Promise<void> {
  const { roleArn: roleARN, allSupported, globalResourceTypes: includeGlobalResourceTypes } = recorder.members;
  const ConfigurationRecorder = {
    name: recorder.name,
    roleARN,
    recordingGroup: { allSupported, includeGlobalResourceTypes },
  };
  await clients.config(recorder.place).send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }), call);
}

/** Source: AWS Config API, PutConfigurationRecorder. */
export const configRecorderAtAws: KindAtAws<'config-recorder'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.config(object.place).send(new DescribeConfigurationRecordersCommand({}), call);
    const recorder = only(answer.ConfigurationRecorders);
    if (!recorder) return observedAs(object, null);
    const members = {
      roleArn: recorder.roleARN ?? null,
      allSupported: recorder.recordingGroup?.allSupported ?? false,
      globalResourceTypes: recorder.recordingGroup?.includeGlobalResourceTypes ?? false,
    };
    return named(observedAs(object, members), recorder.name);
  },
  create: putRecorder,
  complete: [],
  mend: { roleArn: putRecorder, allSupported: putRecorder, globalResourceTypes: putRecorder },
};

async function putChannel(
  { clients, call }: Reach,
  { name, place, members }: Desired<'delivery-channel'>,
): Promise<void> {
  const DeliveryChannel = { name, s3BucketName: members.bucket };
  await clients.config(place).send(new PutDeliveryChannelCommand({ DeliveryChannel }), call);
}

/** Source: AWS Config API, PutDeliveryChannel: it needs a recorder, and a bucket that lets the service write. */
export const deliveryChannelAtAws: KindAtAws<'delivery-channel'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.config(object.place).send(new DescribeDeliveryChannelsCommand({}), call);
    const channel = only(answer.DeliveryChannels);
    if (!channel) return observedAs(object, null);
    // A key prefix delivers to another place than the one the bucket's policy allows, so it makes another bucket of it.
    const bucket = [channel.s3BucketName, channel.s3KeyPrefix].filter(Boolean).join('/');
    return named(observedAs(object, { bucket }), channel.name);
  },
  create: putChannel,
  complete: [],
  mend: { bucket: putChannel },
};

async function start({ clients, call }: Reach, { name, place }: Desired<'recording'>): Promise<void> {
  await clients.config(place).send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: name }), call);
}

/** Source: AWS Config API, StartConfigurationRecorder: it needs a delivery channel. */
export const recordingAtAws: KindAtAws<'recording'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.config(object.place).send(new DescribeConfigurationRecorderStatusCommand({}), call);
    const status = only(answer.ConfigurationRecordersStatus);
    return named(observedAs(object, { on: status?.recording ?? false }), status?.name);
  },
  create: start,
  complete: [],
  mend: { on: start },
};
