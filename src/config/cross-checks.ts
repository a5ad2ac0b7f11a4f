/** What no setting can show alone: settings that must fit each other. Asked only of settings that are each right. */
import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { demoAudience, demoIssuerUrl } from '../infrastructure/identity/demo-people.js';
import { termsProblems } from '../infrastructure/terms/terms-folder.js';
import { payerChecks, repeated } from './payer-checks.js';
import type { ConfigProblem } from './problems.js';
import type { Config } from './resolve.js';

type Check = (config: Config) => readonly ConfigProblem[];

/** Everything that does not fit; none when the settings can be used together. */
export const crossProblems: Check = (config) => checks.flatMap((check) => check(config));

const territoriesOnce: Check = ({ territories: { list } }) =>
  repeated(list.map(({ code }) => code)).map((index) => ({
    path: `territories.list[${index}].code`,
    value: list[index]?.code,
    problem: 'stands in the list twice',
    allowed: 'each territory once',
  }));

const territoriesHavePayers: Check = ({ payers, territories: { list } }) =>
  list
    .map(({ code }, index) => ({ code, index }))
    .filter(({ code }) => !payers.some((payer) => payer.territories.includes(code)))
    .map(({ code, index }) => ({
      path: `territories.list[${index}].code`,
      value: code,
      problem: 'has no payer',
      allowed: 'a territory that at least one payer names',
    }));

const territoriesHaveTerms: Check = ({ terms: { folder }, territories: { list } }) =>
  termsProblems(folder, [...new Set(list.map(({ code }) => code))]).map(({ place, problem, allowed }) => ({
    path: 'terms.folder',
    value: place,
    problem,
    allowed,
  }));

const homeRegionCovered: Check = ({ baseline: { homeRegion, regions } }) => {
  if (regions.includes(homeRegion)) return [];
  const problem = `has no ${homeRegion}, the home region`;
  return [{ path: 'baseline.regions', value: regions, problem, allowed: 'a list with baseline.homeRegion in it' }];
};

const demoIssuerSignsAsItself: Check = ({ identity }) =>
  Object.entries({ issuer: demoIssuerUrl, audience: demoAudience })
    .filter(([member, demo]) => identity.demo && identity[member as 'issuer' | 'audience'] !== demo)
    .map(([member, demo]) => ({
      path: `identity.${member}`,
      value: identity[member as 'issuer' | 'audience'],
      problem: 'is not what the demo issuer writes into its tokens',
      allowed: `${demo}, or that of an identity provider whose keys identity.jwks names`,
    }));

const identityKeysThere: Check = ({ identity: { demo, jwks } }) =>
  demo || jwks.includes('://') || existsSync(jwks)
    ? []
    : [{ path: 'identity.jwks', value: jwks, problem: 'does not exist', allowed: 'a JWKS file or an https URL' }];

const keysOutsideData: Check = ({ folders: { data, keys } }) =>
  (keys + sep).startsWith(data + sep)
    ? [
        {
          path: 'PARTNER_CLOUD_KEYS',
          value: keys,
          problem: `lies in the data folder ${data}`,
          allowed: 'a folder outside, so that a copy of the data opens no secret',
        },
      ]
    : [];

const checks: readonly Check[] = [
  territoriesOnce,
  territoriesHavePayers,
  territoriesHaveTerms,
  ...payerChecks,
  homeRegionCovered,
  demoIssuerSignsAsItself,
  identityKeysThere,
  keysOutsideData,
];
