/** The regions of every account that is hardened, and whom AWS reaches about it. */
import { defaultRegions, isOptIn } from '../../domain/baseline/regions.js';
import type { AlternateContact, DefaultRole } from '../../domain/baseline/settings.js';
import { contactName, contactTitle, emailAddress, phoneNumber, regionName, roleName } from '../aws-rules.js';
import { Group, Is, OptionalGroup } from '../decorators.js';
import { listOf, oneOf, orAll, orEmpty } from '../rules.js';
import type { Check, Section } from '../section.js';

class ContactSettings {
  @Is(contactName) readonly name!: string;
  @Is(contactTitle) readonly title!: string;
  @Is(emailAddress) readonly email!: string;
  @Is(phoneNumber) readonly phone!: string;
}

class Contacts {
  @OptionalGroup(() => ContactSettings) readonly security?: ContactSettings;
  @OptionalGroup(() => ContactSettings) readonly operations?: ContactSettings;
}

class DefaultRoleSettings implements DefaultRole {
  @Is(oneOf('named-roles', 'payer')) readonly trusts: DefaultRole['trusts'] = 'named-roles';
  @Is(orEmpty(roleName, 'none')) readonly breakGlassRole: string = '';
}

type Regions = 'all' | readonly string[];

export class BaselineRegions {
  @Is(regionName) readonly homeRegion!: string;
  @Is(orAll(listOf(regionName))) readonly regions!: Regions;
  @Is(orAll(listOf(regionName))) readonly securedRegions: Regions = 'all';
  @Group(() => Contacts) readonly contacts: Contacts = new Contacts();
  @Group(() => DefaultRoleSettings) readonly defaultRole: DefaultRole = new DefaultRoleSettings();
}

interface Baseline {
  readonly homeRegion: string;
  readonly regions: readonly string[];
  readonly securedRegions: readonly string[];
  readonly contacts: readonly AlternateContact[];
  readonly defaultRole: DefaultRole;
}

interface Needs {
  readonly baseline: Baseline;
}

const homeRegionCovered: Check<Needs> = ({ baseline: { homeRegion, regions } }) => {
  if (regions.includes(homeRegion)) return [];
  const problem = `has no ${homeRegion}, the home region`;
  return [{ path: 'baseline.regions', value: regions, problem, allowed: 'a list with baseline.homeRegion in it' }];
};

/** It would have to be enabled before the trail is made, which takes longer than anybody waits for credentials. */
const homeRegionEnabled: Check<Needs> = ({ baseline: { homeRegion } }) =>
  isOptIn(homeRegion)
    ? [
        {
          path: 'baseline.homeRegion',
          value: homeRegion,
          problem: 'is disabled in a new account',
          allowed: `a region that AWS enables by default: ${defaultRegions.join(', ')}`,
        },
      ]
    : [];

const securedByDefault: Check<Needs> = ({ baseline: { securedRegions } }) =>
  securedRegions
    .filter((region) => isOptIn(region))
    .map((region) => ({
      path: 'baseline.securedRegions',
      value: securedRegions,
      problem: `has ${region}, which AWS does not enable by default`,
      allowed: 'regions that AWS enables by default; another one is enabled and secured when baseline.regions names it',
    }));

const every = (regions: Regions): readonly string[] => (regions === 'all' ? defaultRegions : regions);

const contactsOf = ({ security, operations }: Contacts): readonly AlternateContact[] => [
  ...(security ? [{ type: 'SECURITY' as const, ...security }] : []),
  ...(operations ? [{ type: 'OPERATIONS' as const, ...operations }] : []),
];

export const baseline: Section<BaselineRegions, Baseline, Needs> = {
  rule: Group(() => BaselineRegions),
  used: ({ homeRegion, regions, securedRegions, contacts, defaultRole: { trusts, breakGlassRole } }) => ({
    homeRegion,
    regions: every(regions),
    securedRegions: every(securedRegions),
    contacts: contactsOf(contacts),
    defaultRole: { trusts, breakGlassRole },
  }),
  checks: [homeRegionCovered, homeRegionEnabled, securedByDefault],
};
