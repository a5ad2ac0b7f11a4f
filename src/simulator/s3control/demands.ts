/** What calls of S3 Control ask permission for. Source: Service Authorization Reference, Amazon S3. */
import type { Demands } from '../policies/demand.js';

const reading = [{ action: 's3:GetAccountPublicAccessBlock', resource: '*' }];
const writing = [{ action: 's3:PutAccountPublicAccessBlock', resource: '*' }];

export const s3ControlDemands: Demands = {
  GetPublicAccessBlock: () => reading,
  PutPublicAccessBlock: () => writing,
  DeletePublicAccessBlock: () => writing,
};
