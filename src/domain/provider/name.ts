/** A provider's name: chosen by the customer for their own purposes, so it need not be unique. */
import { Refusal } from '../refusal.js';

const longest = 64;

/** The name trimmed, or a refusal that says what is wrong with it. Length counts code points, as a person would. */
export function requireName(name: string): string {
  const trimmed = name.trim();
  const problem = problemWith(trimmed);
  if (problem)
    throw new Refusal('invalid', `The name ${problem}.`, [
      { field: 'name', problem, allowed: `1 to ${longest} printable characters` },
    ]);
  return trimmed;
}

/** Between visible characters, scripts such as Persian and emoji of several parts need them. */
const joiners = /(?<=[\p{L}\p{M}\p{S}])[\u200c\u200d](?=[\p{L}\p{M}\p{S}])/gu;

function problemWith(name: string): string | undefined {
  const length = [...name].length;
  if (length === 0) return 'is empty';
  if (length > longest) return `has ${length} characters, at most ${longest} are allowed`;
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(name.replace(joiners, ''))) return 'has a character that cannot be printed';
  return undefined;
}
