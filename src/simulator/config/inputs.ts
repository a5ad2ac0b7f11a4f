/** The members that each operation of AWS Config reads; a member that is not here is refused by name. */
import type { OperationInputs } from '../engine/core.js';

/** Source: the input shapes of AWS Config' model in the SDK. */
export const inputs: OperationInputs = {
  DeleteConfigurationRecorder: ['ConfigurationRecorderName'],
  DeleteDeliveryChannel: ['DeliveryChannelName'],
  DescribeConfigurationRecorderStatus: ['ConfigurationRecorderNames'],
  DescribeConfigurationRecorders: ['ConfigurationRecorderNames'],
  DescribeDeliveryChannelStatus: ['DeliveryChannelNames'],
  DescribeDeliveryChannels: ['DeliveryChannelNames'],
  PutConfigurationRecorder: [
    'ConfigurationRecorder.name',
    'ConfigurationRecorder.roleARN',
    'ConfigurationRecorder.recordingMode',
    'ConfigurationRecorder.recordingGroup.allSupported',
    'ConfigurationRecorder.recordingGroup.includeGlobalResourceTypes',
    'ConfigurationRecorder.recordingGroup.resourceTypes',
    'ConfigurationRecorder.recordingGroup.exclusionByResourceTypes.resourceTypes',
    'ConfigurationRecorder.recordingGroup.recordingStrategy.useOnly',
  ],
  PutDeliveryChannel: ['DeliveryChannel'],
  StartConfigurationRecorder: ['ConfigurationRecorderName'],
  StopConfigurationRecorder: ['ConfigurationRecorderName'],
};
