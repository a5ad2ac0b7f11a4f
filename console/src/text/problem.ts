/** Calls that failed where the service said nothing that can be read. */
export const problemText = {
  offline: 'The service cannot be reached',
  offlineWords: 'Check your connection; it is tried again.',
  unreadable: 'The service’s answer cannot be read',
  unreadableStatus: (status: number) => `It answered with status ${status} and nothing that the console understands.`,
  unreadableWords: 'It is not of the form that the console knows.',
  failed: 'The call failed',
  notShown: 'This cannot be shown',
  signIn: 'The identity provider could not be used',
  signInWords: (said: string) => `Try again in a while. If it stays so, tell whoever runs it: ${said}`,
} as const;
