/** Calls that failed where the service said nothing that can be read. */
export const problemText = {
  offline: 'The service cannot be reached',
  offlineWords: 'Check your connection; it is tried again.',
  unreadable: 'The service’s answer cannot be read',
  unreadableStatus: (status: number) => `It answered with status ${status} and nothing that the console understands.`,
  unreadableWords: 'It is not of the form that the console knows. Nothing was changed.',
  failed: 'The call failed',
  notShown: 'This cannot be shown',
} as const;
