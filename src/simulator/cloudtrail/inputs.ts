/** The members that each operation of CloudTrail reads; a member that is not here is refused by name. */
import type { OperationInputs } from '../engine/core.js';

/** Source: the input shapes of CloudTrail' model in the SDK. */
export const inputs: OperationInputs = {
  AddTags: ['ResourceId', 'TagsList.Key', 'TagsList.Value'],
  CreateTrail: [
    'Name',
    'S3BucketName',
    'S3KeyPrefix',
    'IncludeGlobalServiceEvents',
    'IsMultiRegionTrail',
    'EnableLogFileValidation',
    'TagsList.Key',
    'TagsList.Value',
    'RecursiveLogging',
  ],
  DeleteTrail: ['Name'],
  DescribeTrails: ['trailNameList', 'includeShadowTrails'],
  GetEventSelectors: ['TrailName'],
  GetTrail: ['Name'],
  GetTrailStatus: ['Name'],
  ListTags: ['ResourceIdList'],
  ListTrails: [],
  PutEventSelectors: ['TrailName', 'EventSelectors', 'AdvancedEventSelectors'],
  RemoveTags: ['ResourceId', 'TagsList.Key', 'TagsList.Value'],
  StartLogging: ['Name'],
  StopLogging: ['Name'],
  UpdateTrail: [
    'Name',
    'S3BucketName',
    'S3KeyPrefix',
    'IncludeGlobalServiceEvents',
    'IsMultiRegionTrail',
    'EnableLogFileValidation',
    'RecursiveLogging',
  ],
};
