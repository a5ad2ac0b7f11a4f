/** A temporary password that every password policy accepts: long, with all four kinds of characters, easy to read. */
import { randomInt } from 'node:crypto';

/** Without the characters that look alike; symbols are of those AWS names as accepted. Source: aws-facts §3.1. */
const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#$%^*()_+-=[]{}|'] as const;
const length = 24;
const ofEachKind = 2;

/** A fresh password from the system's random source. */
export function temporaryPassword(): string {
  const all = kinds.join('');
  const certain = kinds.flatMap((kind) => Array.from({ length: ofEachKind }, () => pick(kind)));
  const rest = Array.from({ length: length - certain.length }, () => pick(all));
  return shuffled([...certain, ...rest]).join('');
}

const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

function shuffled(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    const [a, b] = [characters[last] ?? '', characters[other] ?? ''];
    characters[last] = b;
    characters[other] = a;
  }
  return characters;
}
