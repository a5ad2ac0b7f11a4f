/** Which AWS, and as whom. */
import { Group, Is } from '../decorators.js';
import { asText, orEmpty, regionName, roleArn, webAddress } from '../rules.js';
import { plainSection } from '../section.js';

export class AwsSettings {
  @Is(orEmpty(webAddress, 'the real AWS')) readonly endpoint: string = '';
  @Is(regionName) readonly region!: string;
  @Is(roleArn) readonly automationRoleArn!: string;
}

export const aws = plainSection<AwsSettings>(
  Group(() => AwsSettings),
  {
    overrides: [{ variable: 'PARTNER_CLOUD_AWS_ENDPOINT', setting: 'endpoint', rule: webAddress, read: asText }],
  },
);
