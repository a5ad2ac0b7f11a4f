/** The recorder of a region: what it records, through which role, and whether it runs. */
import type { Call, Operations } from '../engine/core.js';
import { channelOf, putRecorder, type RecorderDocument, recorderOf, removeRecorder } from './documents.js';
import { noSuchRecorder, refusal } from './errors.js';
import { type Members, optionalText, structure, text, texts } from './input.js';
import { recordingGroup } from './recording-groups.js';
import { checkRole } from './roles.js';

/** Source: AWS Config API, PutConfigurationRecorder, StartConfigurationRecorder and their siblings. */
export const recorderOperations: Operations = {
  PutConfigurationRecorder(call) {
    const sent = structure(call, 'ConfigurationRecorder');
    const name = optionalText(sent, 'name') ?? 'default';
    if (!/^.{1,256}$/.test(name)) throw refusal('InvalidConfigurationRecorderName', `The name '${name}' is not valid.`);
    const before = recorderOf(call);
    if (before && before.name !== name) {
      const words = `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`;
      throw refusal('MaxNumberOfConfigurationRecordersExceeded', words);
    }
    const roleArn = optionalText(sent, 'roleARN') ?? '';
    checkRole(call, roleArn);
    const arn = `arn:aws:config:${call.region}:${call.account}:configuration-recorder/${name}/${call.uniqueId(8)}`;
    const still = { name, arn, recording: false, startedAt: null, stoppedAt: null };
    putRecorder(call, {
      ...(before ?? still),
      roleArn,
      recordingGroup: recordingGroup(sent),
      recordingMode: sent.input.recordingMode
        ? structure(sent, 'recordingMode').input
        : { recordingFrequency: 'CONTINUOUS' },
    });
    return {};
  },
  DescribeConfigurationRecorders: (call) => ({ ConfigurationRecorders: wanted(call).map(described) }),
  DescribeConfigurationRecorderStatus: (call) => ({
    ConfigurationRecordersStatus: wanted(call).map((recorder) => status(call, recorder)),
  }),
  StartConfigurationRecorder(call) {
    const recorder = named(call);
    if (!channelOf(call)) {
      const words = 'Delivery channel is not available to start configuration recorder.';
      throw refusal('NoAvailableDeliveryChannel', words);
    }
    if (!recorder.recording) putRecorder(call, { ...recorder, recording: true, startedAt: call.now });
    return {};
  },
  StopConfigurationRecorder(call) {
    const recorder = named(call);
    if (recorder.recording) putRecorder(call, { ...recorder, recording: false, stoppedAt: call.now });
    return {};
  },
  DeleteConfigurationRecorder(call) {
    named(call);
    removeRecorder(call);
    return {};
  },
};

/** The recorder that the call names. @throws NoSuchConfigurationRecorderException */
function named(call: Call): RecorderDocument {
  const name = text(call, 'ConfigurationRecorderName');
  const recorder = recorderOf(call);
  if (recorder?.name === name) return recorder;
  throw noSuchRecorder(name);
}

/** The recorders that the call asks about. @throws NoSuchConfigurationRecorderException for a name without one */
function wanted(call: Call): readonly RecorderDocument[] {
  const recorder = recorderOf(call);
  const strange = texts(call, 'ConfigurationRecorderNames').find((name) => name !== recorder?.name);
  if (strange !== undefined) throw noSuchRecorder(strange);
  return recorder ? [recorder] : [];
}

/** A recorder in AWS's shape. Source: AWS Config API, ConfigurationRecorder. */
const described = (recorder: RecorderDocument): Members => ({
  arn: recorder.arn,
  name: recorder.name,
  roleARN: recorder.roleArn,
  recordingGroup: recorder.recordingGroup,
  recordingMode: recorder.recordingMode,
  recordingScope: 'PAID',
});

/** A status in AWS's shape: at first the delivery is pending. Source: AWS Config API, ConfigurationRecorderStatus. */
function status({ now, latencies }: Call, recorder: RecorderDocument): Members {
  const { arn, name, recording, startedAt, stoppedAt } = recorder;
  const delivered = startedAt !== null && now >= startedAt + latencies.propagationMs;
  const changedAt = Math.max(startedAt ?? 0, stoppedAt ?? 0);
  return {
    arn,
    name,
    recording,
    ...(startedAt === null
      ? {}
      : { lastStartTime: new Date(startedAt), lastStatus: delivered ? 'SUCCESS' : 'PENDING' }),
    ...(stoppedAt === null ? {} : { lastStopTime: new Date(stoppedAt) }),
    ...(changedAt === 0 ? {} : { lastStatusChangeTime: new Date(changedAt) }),
  };
}
