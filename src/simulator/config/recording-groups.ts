/** What a recorder records: everything, some types, or everything but some types. */
import type { Holder } from '../engine/input.js';
import { refusal } from './errors.js';
import { type Members, optionalFlag, structure, texts } from './input.js';

/** Everything but the global types of IAM. Source: AWS Config API, RecordingGroup. */
const standard: Members = {
  allSupported: true,
  includeGlobalResourceTypes: false,
  resourceTypes: [],
  exclusionByResourceTypes: { resourceTypes: [] },
  recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
};

/**
 * The whole recording group for what was sent of it, with the strategy that follows from the rest.
 * Source: AWS Config API, RecordingGroup. @throws InvalidRecordingGroupException for members that exclude each other
 */
export function recordingGroup(recorder: Holder): Members {
  if ((recorder.input.recordingGroup ?? undefined) === undefined) return standard;
  const sent = structure(recorder, 'recordingGroup');
  const types = texts(sent, 'resourceTypes');
  const excluded = sent.input.exclusionByResourceTypes
    ? texts(structure(sent, 'exclusionByResourceTypes'), 'resourceTypes')
    : [];
  const all = optionalFlag(sent, 'allSupported') ?? false;
  const global = optionalFlag(sent, 'includeGlobalResourceTypes') ?? false;
  if (all && types.length > 0) throw invalid('allSupported is true, so that resourceTypes must be empty.');
  if (global && !all) throw invalid('includeGlobalResourceTypes is true, so that allSupported must be true.');
  if (all && excluded.length > 0) throw invalid('allSupported is true, so that no type can be excluded.');
  if (!all && types.length === 0 && excluded.length === 0) throw invalid('no resource types are given to record.');
  const followed = all ? 'ALL_SUPPORTED' : excluded.length > 0 ? 'EXCLUSION_BY' : 'INCLUSION_BY';
  return {
    allSupported: all,
    includeGlobalResourceTypes: global,
    resourceTypes: types,
    exclusionByResourceTypes: { resourceTypes: excluded },
    recordingStrategy: sent.input.recordingStrategy ?? { useOnly: `${followed}_RESOURCE_TYPES` },
  };
}

const invalid = (why: string) => refusal('InvalidRecordingGroup', `The recording group provided is not valid: ${why}`);
