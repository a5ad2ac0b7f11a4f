/** Ways into accounts where no AWS is there to open any. */
import { type AccountSessions, SessionUnavailable } from '../../src/application/ports/account-sessions.js';

export const noSessions: AccountSessions = {
  async openConsole() {
    throw new SessionUnavailable('console', 'AWS is not reachable here.');
  },
  async openCommandLine() {
    throw new SessionUnavailable('command-line', 'AWS is not reachable here.');
  },
};
