/** Figures of the providers: how many stand where, why those are halted that are, and how long somebody has been owed something. */
import type { Dependencies } from '../../../application/dependencies.js';
import { requireFilled, statusModels } from '../../../application/quarantine/standstill.js';
import { family, only, type Sample } from '../family.js';

export const providersFamily = ({ readModels, clock }: Pick<Dependencies, 'readModels' | 'clock'>) =>
  family(
    {
      partner_cloud_providers: { help: 'Providers by stage.', labels: ['stage'] },
      partner_cloud_providers_halted: { help: 'Halted providers by reason.', labels: ['reason'] },
      partner_cloud_owed_oldest_seconds: {
        help: 'Time since the last fact of the provider that has been owed a step longest without one; 0 when none is owed any.',
      },
    },
    () => {
      requireFilled(readModels, statusModels);
      const { byStage, haltedBy, owedSince } = readModels.census();
      return {
        partner_cloud_providers: samples('stage', byStage),
        partner_cloud_providers_halted: samples('reason', haltedBy),
        partner_cloud_owed_oldest_seconds: only(
          owedSince === undefined ? 0 : Math.max(0, (clock.now() - Date.parse(owedSince)) / 1_000),
        ),
      };
    },
  );

const samples = (label: string, counts: Readonly<Record<string, number>>): readonly Sample[] =>
  Object.entries(counts).map(([key, value]) => ({ labels: { [label]: key }, value }));
