/** The simulated AWS Config: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { jsonWire } from '../protocol/json.js';
import { channelOperations } from './channels.js';
import { inputs } from './inputs.js';
import { recorderOperations } from './recorders.js';

/** Recorders and channels are per region; rules and packs are not simulated. Source: AWS Config API, 2014-11-12. */
export const config: Service = {
  name: 'config',
  wire: jsonWire('StarlingDoveService'),
  inputs,
  operations: { ...recorderOperations, ...channelOperations },
};
