/** Evidence put together from the log as it is stored, the audit, and what the configuration knows of terms and baseline. */
import { type Audit, coveringHead } from '../../application/audit/audit.js';
import type { Position } from '../../application/ports/event-store.js';
import type { Config } from '../../config/config.js';
import { awsSettings } from '../../config/settings-of.js';
import type { AccountCreated } from '../../domain/provider/events.js';
import { wayInOf } from '../../domain/provider/way-in.js';
import { type EvidenceBaseline, type PackParts, packOf } from '../../infrastructure/audit/evidence/pack.js';
import { proofReport } from '../../infrastructure/audit/evidence/proof-reports.js';
import { baselineDigest, baselineText } from '../../infrastructure/aws/baseline/digests.js';
import { payerRoleOf } from '../../infrastructure/aws/calls/payer-role.js';
import { openTerms } from '../../infrastructure/terms/terms-folder.js';
import type { EvidenceReader } from './audited-log.js';

type AccountMade = Pick<AccountCreated, 'accountId' | 'payerId' | 'access'>;

/** What evidence holds beside the facts and their proofs. */
export interface EvidenceSources {
  /** Texts of terms that may have been accepted. */
  readonly terms: PackParts['terms'];
  /** The baseline of this program for an account as it was made. */
  baselineOf(made: AccountMade): EvidenceBaseline | undefined;
}

/** The sources as the configuration has them. Throws when the terms cannot be used. */
export function evidenceSources(config: Config): EvidenceSources {
  const territories = config.territories.list.map(({ code }) => code);
  const terms = openTerms(config.terms.folder, territories);
  const { baseline, prefix, resellerName, automationRoleArn, payers } = awsSettings(config);
  const ofAll = { ...baseline, prefix, resellerName, automationRoleArn };
  return {
    terms: territories
      .flatMap((territory) => terms.current(territory))
      .map(({ digest, party, territory, version, text }) => ({
        digest,
        name: `${territory}-${party}-${version}.md`,
        text,
      })),
    baselineOf({ accountId, payerId, access }) {
      const payerRoleArn = payerRoleOf(payers, wayInOf(access, payerId));
      const settings = { ...ofAll, accountId, ...(payerRoleArn ? { payerRoleArn } : {}) };
      const report = proofReport(baselineDigest({ ...ofAll, ...provenPlace }));
      return { digest: baselineDigest(settings), text: baselineText(settings), report };
    },
  };
}

/** Reports are about a baseline of this account, whatever the account is in which it is in force. */
const provenPlace = {
  accountId: '123456789012',
  payerRoleArn: 'arn:aws:iam::111122223333:role/PartnerCloudVending',
};

type Of = Pick<Audit, 'covering' | 'keys'> & { readonly tree: Pick<Audit['tree'], 'leafAt' | 'inclusion'> };

/** The pack of a provider up to a position, proven by the first head that covers it; `undefined` when there is no such provider. */
export async function evidenceOf(
  { read, terms, baselineOf }: EvidenceSources & { readonly read: EvidenceReader },
  audit: Of,
  providerId: string,
  upTo: Position | undefined,
): Promise<Uint8Array | undefined> {
  const place = upTo === undefined ? undefined : Number(upTo.slice(upTo.lastIndexOf(':') + 1));
  const events = await read({ providerId, upTo: place });
  const last = events.at(-1);
  if (!last || !events.some(({ stream }) => stream === `provider-${providerId}`)) return undefined;
  const { head } = coveringHead(audit, last.position);
  const { key, rotations } = await audit.keys();
  const created = events.find(({ type }) => type === 'AccountCreated');
  return packOf({
    providerId,
    events,
    tree: audit.tree,
    head,
    keys: [...rotations.map(({ formerKey }) => formerKey), key],
    rotations: rotations.map(({ statement }) => statement),
    terms,
    baseline: created && baselineOf(JSON.parse(created.data) as AccountMade),
  });
}
