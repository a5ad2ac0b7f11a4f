/** The composition of the simulated AWS: its services, its world and its young accounts. */
import type { Parts } from './parts.js';

const optional = async (file: string): Promise<any> => {
  try {
    return await import(file);
  } catch (e) {
    console.error(String(e));
    return {};
  }
};
const [o, s, i, s3, c, g, w, se, y, f] = await Promise.all(
  [
    './organizations/service.js',
    './sts.js',
    './iam/service.js',
    './s3/service.js',
    './cloudtrail/service.js',
    './config/service.js',
    './world.js',
    './sessions.js',
    './young-accounts.js',
    './federation.js',
  ].map(optional),
);
export const aws: Parts = {
  services: [o.organizations, s.sts, i.iam, s3.s3, c.cloudtrail, g.config].filter(Boolean),
  furnish: w.furnish ?? (() => {}),
  principalOf:
    se.principalOf ??
    ((_d: any, k: string) => ({
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/x',
      roleArn: 'x',
      userId: k,
      chained: false,
    })),
  refuseYoung: y.refuseYoung ?? (() => {}),
  federation: f.federation,
};
