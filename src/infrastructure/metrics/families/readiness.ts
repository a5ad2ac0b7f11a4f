/** Figures of readiness: whether this process can serve, and which parts keep it from that or work less well. */
import { asNumber, family, only } from '../family.js';

/** What readiness answers, part by part; a part that is `ok` with a detail is degraded. */
export interface ReadinessSource {
  ready(): Promise<{
    readonly ok: boolean;
    readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
  }>;
}

const labels = ['part'] as const;

export const readinessFamily = (health: ReadinessSource) =>
  family(
    {
      partner_cloud_ready: { help: 'Whether this process can serve (1).' },
      partner_cloud_part_failing: { help: 'Whether the part keeps this process out of service (1).', labels },
      partner_cloud_part_degraded: {
        help: 'Whether the part works less well and takes nothing out of service (1).',
        labels,
      },
    },
    async () => {
      const { ok, checks } = await health.ready();
      const parts = Object.entries(checks).map(([part, check]) => ({ labels: { part }, ...check }));
      return {
        partner_cloud_ready: only(asNumber(ok)),
        partner_cloud_part_failing: parts.map((part) => ({ labels: part.labels, value: asNumber(!part.ok) })),
        partner_cloud_part_degraded: parts.map((part) => ({
          labels: part.labels,
          value: asNumber(part.ok && part.detail !== undefined),
        })),
      };
    },
  );
