/** Whom AWS reaches beside the owner of an account: one contact each for bills, operations and security. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { optionalWord, text } from './input.js';

const contactTypes = ['BILLING', 'OPERATIONS', 'SECURITY'] as const;
const kind = 'account-alternate-contact';

/** The members and their constraints. Source: AWS Account Management API, PutAlternateContact. */
const rules = {
  Name: { min: 1, max: 64 },
  Title: { min: 1, max: 50 },
  EmailAddress: { min: 1, max: 254, pattern: /^\s*[\w+=.#|!&-]+@[\w.-]+\.[\w]+\s*$/ },
  PhoneNumber: { min: 1, max: 25, pattern: /^[\s0-9()+-]+$/ },
};

/** Source: AWS Account Management API, PutAlternateContact, GetAlternateContact, DeleteAlternateContact. */
export const contactOperations: Operations = {
  PutAlternateContact(call) {
    const AlternateContactType = typeOf(call);
    const members = Object.entries(rules).map(([member, rule]) => [member, text(call, member, rule)]);
    const contact = { AlternateContactType, ...Object.fromEntries(members) };
    call.documents.put(kind, call.account, AlternateContactType, contact);
    return {};
  },
  GetAlternateContact: (call) => ({ AlternateContact: existing(call) }),
  DeleteAlternateContact(call) {
    existing(call);
    call.documents.remove(kind, call.account, typeOf(call));
    return {};
  },
};

function typeOf(call: Call): (typeof contactTypes)[number] {
  const found = optionalWord(call, 'AlternateContactType', contactTypes);
  if (found) return found;
  throw new AwsError('ValidationException', 400, 'alternateContactType: Member must not be null');
}

function existing(call: Call): Readonly<Record<string, string>> {
  const found = call.documents.get<Readonly<Record<string, string>>>(kind, call.account, typeOf(call));
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 404, 'No contact of the inputted alternate contact type found.');
}
