/** The simulated Account Management, as far as regions and alternate contacts go. */
import type { Service } from '../engine/core.js';
import { restJsonWire } from '../protocol/rest-json.js';
import { contactOperations } from './contacts.js';
import { regionOperations } from './regions.js';

/** Source: AWS Account Management API, 2021-02-01. */
export const account: Service = {
  name: 'account',
  wire: restJsonWire({
    'POST /deleteAlternateContact': 'DeleteAlternateContact',
    'POST /disableRegion': 'DisableRegion',
    'POST /enableRegion': 'EnableRegion',
    'POST /getAlternateContact': 'GetAlternateContact',
    'POST /getRegionOptStatus': 'GetRegionOptStatus',
    'POST /putAlternateContact': 'PutAlternateContact',
  }),
  // An account that is asked about by a payer (`AccountId`) is not simulated: each account speaks for itself.
  inputs: {
    DeleteAlternateContact: ['AlternateContactType'],
    DisableRegion: ['RegionName'],
    EnableRegion: ['RegionName'],
    GetAlternateContact: ['AlternateContactType'],
    GetRegionOptStatus: ['RegionName'],
    PutAlternateContact: ['AlternateContactType', 'EmailAddress', 'Name', 'PhoneNumber', 'Title'],
  },
  operations: { ...contactOperations, ...regionOperations },
};
