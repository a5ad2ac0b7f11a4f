/** Which AWS, and as whom. */

import { regionName, roleArn } from '../aws-rules.js';
import { Group, Is } from '../decorators.js';
import { asText, orEmpty, webAddress } from '../rules.js';
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
