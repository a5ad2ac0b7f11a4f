/** What people are told of the facts that concern them: ready, halted for the customer, halted for the operator. */
import { underneath } from '../../../domain/provider/stages.js';
import type { OwnerOf } from '../../history/change-feed.js';
import { providerIn } from '../../history/streams-about.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { Notice } from '../../ports/notice-sender.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { MessageOf } from '../messages/message.js';

interface From {
  readonly readModels: Pick<ReadModels, 'provider'>;
  readonly ownerOf: OwnerOf;
}

/** The notices for the administrators of an organization, or for the operators where none is named. */
export const noticesFor =
  (from: From, organization: string | undefined): MessageOf =>
  (recorded) => {
    if ('poison' in recorded) return undefined;
    const owner = from.ownerOf(recorded);
    if (owner === '' || (organization !== undefined && owner !== organization)) return undefined;
    const notice = organization === undefined ? forOperators(from, recorded, owner) : forCustomer(from, recorded);
    const { eventId: id } = recorded.metadata;
    return notice && { id, type: recorded.event.type, body: JSON.stringify(notice) };
  };

function forCustomer(from: From, { event, stream }: RecordedEvent): Notice | undefined {
  if (event.type === 'CredentialsIssued')
    return {
      subject: 'Your AWS account is ready',
      text: lines(
        `${nameOf(from, stream)}: the AWS account can be used.`,
        `A temporary password lies ready to be shown until ${event.expiresAt}.`,
        `Provider ${providerIn(stream)}`,
      ),
    };
  if (event.type !== 'ProvisioningHalted' || event.whoMustAct !== 'customer') return undefined;
  const text = lines(`${nameOf(from, stream)}: ${event.words}`, `Provider ${providerIn(stream)}`);
  return { subject: 'Your AWS account waits for you', text };
}

function forOperators(from: From, { event, stream }: RecordedEvent, owner: string): Notice | undefined {
  if (event.type !== 'ProvisioningHalted' || event.whoMustAct !== 'operator') return undefined;
  return {
    subject: 'A provider has halted and waits for an operator',
    text: lines(
      `${nameOf(from, stream)} of ${owner}: ${event.words}`,
      `Step ${event.step}, reason ${event.reason}.`,
      `Provider ${providerIn(stream)}`,
    ),
  };
}

const lines = (...each: readonly string[]): string => `${each.join('\n')}\n`;

/** As it is called now; notices are for people, who know it by that. */
function nameOf({ readModels }: From, stream: string): string {
  const row = readModels.provider(providerIn(stream) ?? '');
  const held = row && underneath(row.provider);
  return held && 'name' in held ? held.name : 'A provider';
}
