/** What callers send in a body: shapes only; the rules of the business are the domain's. */
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { Flag, OneOf, Optional, Several, Text } from '../kit/fields.js';

const territory = /^[A-Za-z0-9-]{1,16}$/;
const territoryWords = 'a territory code such as US';
/** The form of a territory in the configuration; in another one, an office would never be found to be in its territory. */
const officeTerritory = /^[A-Z]{2,8}$/;

export class FactsBody {
  @Flag()
  readonly billable!: boolean;
  @Flag()
  readonly reseller!: boolean;
  @Flag()
  readonly customerOfReseller!: boolean;
  @Flag()
  readonly staff!: boolean;
  @Flag()
  readonly demo!: boolean;
  @Several(
    (code) => typeof code === 'string' && officeTerritory.test(code),
    100,
    `at most 100 codes, each ${territoryWords}`,
  )
  readonly officeTerritories!: string[];
}

export class RequestBody {
  @Text(/^.{1,1000}$/su, '1 to 64 printable characters')
  readonly name!: string;
  @OneOf('new')
  readonly origin!: 'new';
  @Text(territory, territoryWords)
  readonly territory!: string;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

class AcceptedBody {
  @OneOf('reseller', 'aws')
  readonly party!: 'reseller' | 'aws';
  @Text(/^[\w.-]{1,64}$/, 'a version as GET /v1/terms shows it')
  readonly version!: string;
  @Text(/^[0-9a-f]{64}$/, 'SHA-256 in 64 lower-case hexadecimal digits')
  readonly digest!: string;
}

export class AcceptanceBody {
  @Several(isObject, 10, 'a list of accepted documents')
  @ValidateNested({ each: true, message: 'is not an object' })
  @Type(() => AcceptedBody)
  readonly documents!: AcceptedBody[];
}

export class RenameBody {
  @Text(/^.{1,1000}$/su, '1 to 64 printable characters')
  readonly name!: string;
}

export class ReissueBody {
  @Optional()
  @Flag()
  readonly resetMfa?: boolean;
}

export class ConsoleBody {
  @OneOf('administrator', 'read-only')
  readonly role!: 'administrator' | 'read-only';
}

/** The body of a call that takes none. */
export class NoBody {}
