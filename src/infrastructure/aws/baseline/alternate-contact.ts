/** One alternate contact of the account, which AWS takes and keeps as a whole. */
import { GetAlternateContactCommand, PutAlternateContactCommand } from '@aws-sdk/client-account';
import type { Desired } from '../../../domain/baseline/objects.js';
import type { AlternateContact } from '../../../domain/baseline/settings.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

type Contact = Desired<'alternate-contact'>;

/** The baseline names no others. */
const typeOf = ({ name }: Contact): AlternateContact['type'] => (name === 'SECURITY' ? 'SECURITY' : 'OPERATIONS');

async function put({ clients, call }: Reach, object: Contact): Promise<void> {
  const { name, title, email, phone } = object.members.contact;
  const contact = { Name: name, Title: title, EmailAddress: email, PhoneNumber: phone };
  await clients.account.send(
    new PutAlternateContactCommand({ AlternateContactType: typeOf(object), ...contact }),
    call,
  );
}

/** Source: AWS Account Management API, GetAlternateContact and PutAlternateContact. */
export const alternateContactAtAws: KindAtAws<'alternate-contact'> = {
  async observe({ clients, call }, object) {
    const command = new GetAlternateContactCommand({ AlternateContactType: typeOf(object) });
    const is = (await unless(['ResourceNotFound'], clients.account.send(command, call)))?.AlternateContact;
    if (!is) return observedAs(object, null);
    const contact = {
      name: is.Name ?? '',
      title: is.Title ?? '',
      email: is.EmailAddress ?? '',
      phone: is.PhoneNumber ?? '',
    };
    return observedAs(object, { contact });
  },
  create: put,
  complete: [],
  mend: { contact: put },
};
