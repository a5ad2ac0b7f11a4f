/** The simulated EC2, as far as the defaults of an account in a region go: one table of all its operations. */
import type { Service } from '../engine/core.js';
import { ec2Wire } from '../protocol/ec2-query.js';
import { regionDefaultOperations } from './region-defaults.js';

/** Source: EC2 API, 2016-11-15. */
export const ec2: Service = {
  name: 'ec2',
  wire: ec2Wire({ version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' }),
  inputs: {
    GetEbsEncryptionByDefault: [],
    EnableEbsEncryptionByDefault: [],
    DisableEbsEncryptionByDefault: [],
    GetInstanceMetadataDefaults: [],
    ModifyInstanceMetadataDefaults: ['HttpTokens', 'HttpPutResponseHopLimit', 'HttpEndpoint', 'InstanceMetadataTags'],
    GetSnapshotBlockPublicAccessState: [],
    EnableSnapshotBlockPublicAccess: ['State'],
    DisableSnapshotBlockPublicAccess: [],
  },
  operations: regionDefaultOperations,
};
