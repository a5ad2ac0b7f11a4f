/** The settings as they stand in the YAML file; a member with a value here may be left out there. */

import { mostUsesPerHour } from '../domain/access.js';
import { Group, Groups, Is } from './checked.js';
import { rootEmailPattern } from './root-email.js';
import {
  accountId,
  fileOrAddress,
  hostName,
  listOf,
  objectPrefix,
  oneOf,
  orEmpty,
  organizationalUnit,
  plainText,
  regionName,
  resellerName,
  roleArn,
  shortId,
  territoryCode,
  webAddress,
  wholeNumber,
} from './rules.js';

export class ServerSettings {
  @Is(hostName) readonly host: string = '127.0.0.1';
  /** 0 takes any free port. */
  @Is(wholeNumber(0, 65_535)) readonly port: number = 3000;
}

export class ResellerSettings {
  @Is(resellerName) readonly name!: string;
  @Is(objectPrefix) readonly prefix!: string;
  @Is(plainText) readonly contact!: string;
  @Is(orEmpty(webAddress, 'none')) readonly analyticsUrl: string = '';
  @Is(orEmpty(webAddress, 'none')) readonly monitoringUrl: string = '';
}

export class TerritorySettings {
  @Is(territoryCode) readonly code!: string;
  @Is(plainText) readonly name!: string;
}

export class TerritoriesSettings {
  @Is(plainText) readonly version!: string;
  @Groups(() => TerritorySettings) readonly list!: readonly TerritorySettings[];
}

export class TermsSettings {
  @Is(plainText) readonly folder!: string;
}

export class PayerSettings {
  @Is(shortId) readonly id!: string;
  @Is(accountId) readonly accountId!: string;
  @Is(roleArn) readonly roleArn!: string;
  @Is(organizationalUnit) readonly customersUnit!: string;
  @Is(organizationalUnit) readonly leavingUnit!: string;
  @Is(listOf(territoryCode)) readonly territories!: readonly string[];
  @Is(regionName) readonly homeRegion!: string;
  @Is(wholeNumber(1, 1_000_000)) readonly accountsAllowed!: number;
  /** Source: Organizations quotas, member accounts you can concurrently create: 5. */
  @Is(wholeNumber(1, 5)) readonly creationsAtOnce: number = 5;
}

export class BaselineRegions {
  @Is(regionName) readonly homeRegion!: string;
  @Is(listOf(regionName)) readonly regions!: readonly string[];
}

export class CredentialSettings {
  @Is(wholeNumber(1, 720)) readonly lifetimeHours: number = 72;
}

export class LimitSettings {
  @Is(wholeNumber(1, mostUsesPerHour)) readonly revealsPerHour: number = 10;
  @Is(wholeNumber(1, mostUsesPerHour)) readonly consoleSessionsPerHour: number = 30;
  @Is(wholeNumber(1, 100_000)) readonly accountsPerOrganizationPerDay: number = 20;
}

export class AwsSettings {
  @Is(orEmpty(webAddress, 'the real AWS')) readonly endpoint: string = '';
  @Is(regionName) readonly region!: string;
  @Is(roleArn) readonly automationRoleArn!: string;
}

export class StorageSettings {
  @Is(oneOf('sqlite')) readonly kind: string = 'sqlite';
}

export class IdentitySettings {
  @Is(plainText) readonly issuer!: string;
  @Is(plainText) readonly audience!: string;
  @Is(orEmpty(fileOrAddress, 'the demo issuer')) readonly jwks: string = '';
}

export class Settings {
  @Group(() => ServerSettings) readonly server: ServerSettings = new ServerSettings();
  @Group(() => ResellerSettings) readonly reseller!: ResellerSettings;
  @Group(() => TerritoriesSettings) readonly territories!: TerritoriesSettings;
  @Group(() => TermsSettings) readonly terms!: TermsSettings;
  @Groups(() => PayerSettings) readonly payers!: readonly PayerSettings[];
  @Is(rootEmailPattern) readonly rootEmailPattern!: string;
  @Group(() => BaselineRegions) readonly baseline!: BaselineRegions;
  @Group(() => CredentialSettings) readonly credentials: CredentialSettings = new CredentialSettings();
  @Group(() => LimitSettings) readonly limits: LimitSettings = new LimitSettings();
  @Group(() => AwsSettings) readonly aws!: AwsSettings;
  @Group(() => StorageSettings) readonly eventStore: StorageSettings = new StorageSettings();
  @Group(() => StorageSettings) readonly vault: StorageSettings = new StorageSettings();
  @Group(() => IdentitySettings) readonly identity!: IdentitySettings;
}
