/** Where customers may have an account. */
import { Group, Groups, Is } from '../decorators.js';
import { plainText, repeated, territoryCode } from '../rules.js';
import type { Check, Section } from '../section.js';

export class TerritorySettings {
  @Is(territoryCode) readonly code!: string;
  @Is(plainText) readonly name!: string;
}

export class TerritoriesSettings {
  @Is(plainText) readonly version!: string;
  @Groups(() => TerritorySettings) readonly list!: readonly TerritorySettings[];
}

export interface WithTerritories {
  readonly territories: TerritoriesSettings;
}

const territoriesOnce: Check<WithTerritories> = ({ territories: { list } }) =>
  repeated(list.map(({ code }) => code)).map((index) => ({
    path: `territories.list[${index}].code`,
    value: list[index]?.code,
    problem: 'stands in the list twice',
    allowed: 'each territory once',
  }));

export const territories: Section<TerritoriesSettings, TerritoriesSettings, WithTerritories> = {
  rule: Group(() => TerritoriesSettings),
  used: (stated) => stated,
  checks: [territoriesOnce],
};
