/** Which topics of SNS tell people: operators of what waits for them, and an organization's administrators. */
import { snsTopic } from '../aws-rules.js';
import { Group, Is, OptionalGroups } from '../decorators.js';
import { orEmpty, repeated, text } from '../rules.js';
import type { Section } from '../section.js';

const organization = text(/^[A-Za-z0-9-]{1,64}$/, '1 to 64 letters, digits and hyphens');

class OrganizationNotices {
  @Is(organization) readonly organization!: string;
  @Is(snsTopic) readonly topic!: string;
}

class NoticeSettings {
  @Is(orEmpty(snsTopic, 'none')) readonly operators: string = '';
  @OptionalGroups(() => OrganizationNotices) readonly organizations?: readonly OrganizationNotices[];
}

/** A topic with whom it is for; no organization: the operators. */
export interface NoticeTopic {
  readonly organization: string | undefined;
  readonly topic: string;
}

interface Needs {
  readonly notices: readonly NoticeTopic[];
}

export const notices: Section<NoticeSettings, readonly NoticeTopic[], Needs> = {
  rule: Group(() => NoticeSettings),
  otherwise: () => new NoticeSettings(),
  used: ({ operators, organizations = [] }) => [
    ...(operators === '' ? [] : [{ organization: undefined, topic: operators }]),
    ...organizations.map((each) => ({ organization: each.organization, topic: each.topic })),
  ],
  checks: [
    ({ notices: topics }) =>
      repeated(topics.map(({ organization: of }) => of ?? '')).map((index) => ({
        path: 'notices.organizations',
        value: topics[index]?.organization,
        problem: 'is named twice',
        allowed: 'one topic for each organization',
      })),
  ],
};
