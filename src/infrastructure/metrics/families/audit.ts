/** Figures of the audit: how far its tree and its signed heads reach. */
import type { Audit } from '../../../application/audit/audit.js';
import { family, only } from '../family.js';

export const auditFamily = ({ tree, lastHead, verifier }: Pick<Audit, 'tree' | 'lastHead' | 'verifier'>) =>
  family(
    {
      partner_cloud_audit_leaves: { help: "Facts in the audit's tree." },
      partner_cloud_audit_head_leaves: { help: 'Facts that a signed head covers.' },
      partner_cloud_audit_verified_time_seconds: {
        help: 'When the log was last verified, in seconds since the epoch; 0 before.',
      },
      partner_cloud_audit_findings: { help: 'What the last verification found wrong.' },
      partner_cloud_audit_gaps: { help: 'Accepted losses that the last verification met.' },
    },
    () => ({
      partner_cloud_audit_verified_time_seconds: only((verifier.last()?.at ?? 0) / 1_000),
      partner_cloud_audit_findings: only(verifier.last()?.findings.length ?? 0),
      partner_cloud_audit_gaps: only(verifier.last()?.gaps.length ?? 0),
      partner_cloud_audit_leaves: only(tree.size()),
      partner_cloud_audit_head_leaves: only(lastHead()?.size ?? 0),
    }),
  );
