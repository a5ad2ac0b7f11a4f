/** The management accounts under which accounts are created and billed, and what must fit in and between them. */
import { everyPayer } from '../../domain/payer.js';
import { accountId, organizationalUnit, regionName, roleArn } from '../aws-rules.js';
import { Groups, Is } from '../decorators.js';
import { listOf, orEmpty, repeated, shortId, territoryCode, wholeNumber } from '../rules.js';
import type { Check as CheckOf, Section } from '../section.js';
import type { WithTerritories } from './territories.js';

export class PayerSettings {
  @Is(shortId) readonly id!: string;
  @Is(accountId) readonly accountId!: string;
  @Is(roleArn) readonly roleArn!: string;
  @Is(organizationalUnit) readonly customersUnit!: string;
  @Is(organizationalUnit) readonly leavingUnit!: string;
  @Is(orEmpty(organizationalUnit, 'none')) readonly canaryUnit: string = '';
  @Is(listOf(territoryCode)) readonly territories!: readonly string[];
  @Is(regionName) readonly homeRegion!: string;
  @Is(wholeNumber(1, 1_000_000)) readonly accountsAllowed!: number;
  /** Source: Organizations quotas, member accounts you can concurrently create: 5. */
  @Is(wholeNumber(1, 5)) readonly creationsAtOnce: number = 5;
}

type Needs = WithTerritories & { readonly payers: readonly PayerSettings[] };
type Check = CheckOf<Needs>;

const payersOnce: Check = ({ payers }) =>
  (['id', 'accountId'] as const).flatMap((member) =>
    repeated(payers.map((payer) => payer[member])).map((index) => ({
      path: `payers[${index}].${member}`,
      value: payers[index]?.[member],
      problem: 'belongs to another payer already',
      allowed: `a different ${member} for each payer`,
    })),
  );

const idsThatAreFree: Check = ({ payers }) =>
  payers.flatMap(({ id }, index) =>
    id === everyPayer
      ? [
          {
            path: `payers[${index}].id`,
            value: id,
            problem: 'stands for all payers together',
            allowed: 'any other id, such as payer-1',
          },
        ]
      : [],
  );

const rolesOfTheirOwn: Check = ({ payers }) =>
  payers
    .map(({ roleArn, accountId }, index) => ({ roleArn, accountId, index }))
    .filter(({ roleArn, accountId }) => roleArn.split(':')[4] !== accountId)
    .map(({ roleArn, accountId, index }) => ({
      path: `payers[${index}].roleArn`,
      value: roleArn,
      problem: 'is of another account',
      allowed: `a role of the payer's account ${accountId}`,
    }));

/** The id of a unit begins with that of its organization's root, `ou-<root>-…`. */
const rootOf = (unit: string): string | undefined => unit.split('-')[1];

const unitsOfOneOrganization: Check = ({ payers }) =>
  payers
    .map(({ customersUnit, leavingUnit }, index) => ({ customersUnit, leavingUnit, index }))
    .filter(({ customersUnit: a, leavingUnit: b }) => a === b || rootOf(a) !== rootOf(b))
    .map(({ customersUnit, leavingUnit, index }) => ({
      path: `payers[${index}].leavingUnit`,
      value: leavingUnit,
      problem: `does not go with customersUnit ${customersUnit}`,
      allowed: 'another unit under the same root',
    }));

const canaryApart: Check = ({ payers }) =>
  payers
    .map((payer, index) => ({ ...payer, index }))
    .filter(
      ({ customersUnit, leavingUnit, canaryUnit }) =>
        canaryUnit !== '' &&
        (rootOf(canaryUnit) !== rootOf(customersUnit) || [customersUnit, leavingUnit].includes(canaryUnit)),
    )
    .map(({ canaryUnit, customersUnit, index }) => ({
      path: `payers[${index}].canaryUnit`,
      value: canaryUnit,
      problem: `does not go with customersUnit ${customersUnit}`,
      allowed: "'' for none, or a unit under the same root beside the customers' and the leaving unit",
    }));

const territoriesServed: Check = ({ payers, territories: { list } }) =>
  payers.flatMap((payer, index) =>
    payer.territories
      .filter((territory) => !list.some(({ code }) => code === territory))
      .map((territory) => ({
        path: `payers[${index}].territories`,
        value: territory,
        problem: 'is not in territories.list',
        allowed: list.map(({ code }) => code).join(', '),
      })),
  );

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

export const payers: Section<readonly PayerSettings[], readonly PayerSettings[], Needs> = {
  rule: Groups(() => PayerSettings),
  used: (stated) => stated,
  checks: [
    territoriesHavePayers,
    payersOnce,
    idsThatAreFree,
    rolesOfTheirOwn,
    unitsOfOneOrganization,
    canaryApart,
    territoriesServed,
  ],
};
