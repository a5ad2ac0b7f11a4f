/** The composition of the simulated AWS: its services, its world and its young accounts. */
import { cloudtrail } from '../cloudtrail/service.js';
import { config } from '../config/service.js';
import { federation } from '../console/federation.js';
import { iam } from '../iam/service.js';
import { organizations } from '../organizations/service.js';
import { s3 } from '../s3/service.js';
import { principalOf } from '../sts/sessions.js';
import { sts } from '../sts/sts.js';
import { furnish } from '../world/world.js';
import { refuseYoung } from '../world/young-accounts.js';
import type { Parts } from './parts.js';

/** AWS as far as it is simulated. */
export const aws: Parts = {
  services: [organizations, sts, iam, s3, cloudtrail, config],
  furnish,
  principalOf,
  refuseYoung,
  federation,
};
