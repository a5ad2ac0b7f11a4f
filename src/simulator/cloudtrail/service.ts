/** The simulated CloudTrail: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { jsonWire } from '../protocol/json.js';
import { inputs } from './inputs.js';
import { loggingOperations } from './logging.js';
import { tagOperations } from './tags.js';
import { trailOperations } from './trails.js';

/** AWS takes the long target and the short one that the SDK sends. Source: CloudTrail API, 2013-11-01. */
export const cloudtrail: Service = {
  name: 'cloudtrail',
  wire: jsonWire('com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', 'CloudTrail_20131101'),
  inputs,
  operations: { ...trailOperations, ...loggingOperations, ...tagOperations },
};
