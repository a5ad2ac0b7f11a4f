/** The composition of the simulated AWS: its services, its world and its young accounts. */
import { cloudtrail } from './cloudtrail/service.js';
import { config } from './config/service.js';
import { federation } from './federation.js';
import { iam } from './iam/service.js';
import { organizations } from './organizations/service.js';
import type { Parts } from './parts.js';
import { s3 } from './s3/service.js';
import { principalOf } from './sessions.js';
import { sts } from './sts.js';
import { furnish } from './world.js';
import { refuseYoung } from './young-accounts.js';

/** AWS as far as it is simulated. */
export const aws: Parts = {
  services: [organizations, sts, iam, s3, cloudtrail, config],
  furnish,
  principalOf,
  refuseYoung,
  federation,
};
