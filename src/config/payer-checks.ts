/** What must fit in and between the payers. */
import { everyPayer } from '../domain/payer.js';
import type { ConfigProblem } from './problems.js';
import type { Config } from './resolve.js';

type Check = (config: Config) => readonly ConfigProblem[];

/** The places of values that stood in the list before. */
export const repeated = (values: readonly string[]): readonly number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));

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

export const payerChecks: readonly Check[] = [
  payersOnce,
  idsThatAreFree,
  rolesOfTheirOwn,
  unitsOfOneOrganization,
  territoriesServed,
];
