/** A family of gauges: figures that are looked up together, when somebody asks for them. */

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Gauge {
  readonly help: string;
  readonly labels?: readonly string[];
}

export type Read<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

export interface Family<Name extends string = string> {
  readonly gauges: Readonly<Record<Name, Gauge>>;
  /** Answers with the samples of each gauge; where it throws, the family is left out. */
  read(): Read<Name> | Promise<Read<Name>>;
}

/** A family whose reading names the same gauges as its table. */
export const family = <Name extends string>(
  gauges: Readonly<Record<Name, Gauge>>,
  read: Family<Name>['read'],
): Family<Name> => ({ gauges, read });

/** The only sample of a gauge without labels; none where there is no figure. */
export const only = (value: number | undefined): readonly Sample[] => (value === undefined ? [] : [{ value }]);

export const asNumber = (yes: boolean): number => (yes ? 1 : 0);
