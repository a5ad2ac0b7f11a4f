/** The documents that a customer accepts, for each territory. */
import { termsProblems } from '../../infrastructure/terms/terms-folder.js';
import { Group, Is } from '../decorators.js';
import { plainText } from '../rules.js';
import type { Check, Section } from '../section.js';
import type { WithTerritories } from './territories.js';

export class TermsSettings {
  @Is(plainText) readonly folder!: string;
}

type Needs = WithTerritories & { readonly terms: TermsSettings };

const territoriesHaveTerms: Check<Needs> = ({ terms: { folder }, territories: { list } }) =>
  termsProblems(folder, [...new Set(list.map(({ code }) => code))]).map(({ place, problem, allowed }) => ({
    path: 'terms.folder',
    value: place,
    problem,
    allowed,
  }));

export const terms: Section<TermsSettings, TermsSettings, Needs> = {
  rule: Group(() => TermsSettings),
  used: ({ folder }, { beside }) => ({ folder: beside(folder) }),
  checks: [territoriesHaveTerms],
};
