/** Figures of the audit: how far its tree and its signed heads reach. */
import type { Audit } from '../../../application/audit/audit.js';
import { family, only } from '../family.js';

export const auditFamily = ({ tree, lastHead }: Pick<Audit, 'tree' | 'lastHead'>) =>
  family(
    {
      partner_cloud_audit_leaves: { help: "Facts in the audit's tree." },
      partner_cloud_audit_head_leaves: { help: 'Facts that a signed head covers.' },
    },
    () => ({
      partner_cloud_audit_leaves: only(tree.size()),
      partner_cloud_audit_head_leaves: only(lastHead()?.size ?? 0),
    }),
  );
