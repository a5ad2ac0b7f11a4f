/** Keys for the command line. */
export const commandLineText = {
  button: 'Command line',
  title: 'Keys for the command line',
  roles: { administrator: 'As administrator', 'read-only': 'As read-only user' } as const,
  short: 'Short-lived keys, good for an hour',
  words: 'These keys are shown once and kept nowhere. That they were given is on record.',
  expires: 'Expire',
  environment: 'Environment variables',
  profile: 'Profile',
  profileWords: 'For ~/.aws/credentials.',
  process: 'credential_process',
  processWords: 'What a program that AWS’s tools start for keys has to print.',
  close: 'Close',
} as const;
