/** Who the signed-in person is to the service; the service decides what they may do, the pages show what fits. */
import { createContext, useContext } from 'react';

export type Role = 'administrator' | 'member' | 'auditor' | 'operator' | 'service';

export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly organization: string | undefined;
}

export const PersonContext = createContext<Person | undefined>(undefined);

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('Nobody is signed in.');
  return person;
}

export const has = ({ roles }: Person, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Whether the person may change this organization's providers. */
export const administers = (person: Person, organization: string | undefined): boolean =>
  has(person, 'administrator') && person.organization === organization;
