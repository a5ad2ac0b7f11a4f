/** The composition of the simulated AWS: its services, its world and its young accounts. */

import { accessAnalyzer } from './access-analyzer/service.js';
import { account } from './account/service.js';
import { authorize } from './authorization/authorize.js';
import { cloudtrail } from './cloudtrail/service.js';
import { config } from './config/service.js';
import { federation } from './console/federation.js';
import { ec2 } from './ec2/service.js';
import type { Parts } from './engine/parts.js';
import { furnish } from './furnish.js';
import { iam } from './iam/service.js';
import { organizations } from './organizations/service.js';
import { unknownService } from './protocol/unknown-service.js';
import { s3 } from './s3/service.js';
import { s3Control } from './s3control/service.js';
import { secretsManager } from './secretsmanager/service.js';
import { serviceQuotas } from './servicequotas/service.js';
import { sns } from './sns/service.js';
import { principalOf } from './sts/principals.js';
import { sts } from './sts/service.js';
import { refuseAccount } from './world/account-access.js';

/** AWS as far as it is simulated. */
export const aws: Parts = {
  services: [
    organizations,
    ...[sts, iam, s3Control, s3, cloudtrail, config, ec2, accessAnalyzer, account, secretsManager],
    serviceQuotas,
    sns,
  ],
  unknownService,
  furnish,
  principalOf,
  authorize,
  refuseAccount,
  federation,
};
