/** Who sells. */
import { Group, Is } from '../decorators.js';
import { objectPrefix, orEmpty, plainText, resellerName, webAddress } from '../rules.js';
import { plainSection } from '../section.js';

export class ResellerSettings {
  @Is(resellerName) readonly name!: string;
  @Is(objectPrefix) readonly prefix!: string;
  @Is(plainText) readonly contact!: string;
  @Is(orEmpty(webAddress, 'none')) readonly analyticsUrl: string = '';
  @Is(orEmpty(webAddress, 'none')) readonly monitoringUrl: string = '';
}

export const reseller = plainSection<ResellerSettings>(Group(() => ResellerSettings));
