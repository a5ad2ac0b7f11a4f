/** Who may do what in a hardened account. */
export const accessText = {
  title: 'Who may enter',
  words: 'What the hardening sets up for people and programs. Each entry is in the account’s trail.',
  name: 'Name in the account',
  whom: 'For',
  may: 'May',
  customer: 'You',
  reseller: (name: string) => name,
  rows: {
    user: {
      whom: 'Your first administrator',
      may: 'Everything but what undoes the hardening; a member of the group below',
    },
    group: { whom: 'Your administrators', may: 'Everything but what undoes the hardening' },
    admin: {
      whom: 'AWS Console, as administrator',
      may: 'Read everything, deploy, and what the customer policy allows',
    },
    readOnly: { whom: 'AWS Console, as read-only user', may: 'Read everything but bills' },
    operations: { whom: 'Support staff', may: 'Read, open support cases, restart machines' },
    optimization: { whom: 'Cost analytics', may: 'Read shapes and use, never contents' },
    automation: { whom: 'This service', may: 'Everything, to set up and keep the hardening' },
    root: { whom: 'Nobody', may: 'The root user is not used, and nobody has its credentials' },
  } as const,
  root: 'root',
  withheld: 'What is withheld from you, and why',
  withheldWords: (reseller: string) => [
    `Bills, costs, budgets and savings: they show prices that are not yours. Use ${reseller}’s analytics.`,
    `AWS Support: cases go through ${reseller}, who pays for it.`,
    'Leaving the organization or closing the account: ask; it is a step of its own.',
    'Stopping the trail, AWS Config or the password policy: they protect you and are put back.',
    'Purchases that bind the reseller, such as Reserved Instances: ask for a higher limit.',
  ],
  tools: 'More about this account',
} as const;
