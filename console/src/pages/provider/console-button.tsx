/** AWS Console: signs straight in, with the role that the reader chooses among those that they may use. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { openConsole } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import type { Status } from '../../api/types.js';
import { usePerson } from '../../auth/person.js';
import { ProblemAlert } from '../../shell/problem.js';
import { credentialsText } from '../../text/credentials.js';
import { providerText as text } from '../../text/provider.js';
import { type EntryRole, entryRoles } from './entry-roles.js';

/** The tab is opened at the click, as browsers want it, and goes to AWS once the address is there. */
function useConsole(id: string) {
  const [opening, setOpening] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [blocked, setBlocked] = useState<string>();
  const open = async (role: EntryRole): Promise<void> => {
    const tab = window.open('', '_blank');
    if (tab) tab.opener = null;
    setOpening(true);
    try {
      const { url } = await asked(openConsole({ path: { id }, body: { role } }), 'url');
      if (tab) tab.location.replace(url);
      else setBlocked(url);
    } catch (error) {
      tab?.close();
      setFailed(error);
    } finally {
      setOpening(false);
    }
  };
  const close = (): void => {
    setFailed(undefined);
    setBlocked(undefined);
  };
  return { open, opening, failed, blocked, close };
}

export function ConsoleButton({ status }: { readonly status: Status }) {
  const person = usePerson();
  const { open, opening, failed, blocked, close } = useConsole(status.id);
  const roles = entryRoles(person, status);
  if (roles.length === 0) return null;
  return (
    <>
      <ButtonDropdown
        loading={opening}
        items={roles.map((id) => ({ id, text: text.consoleRoles[id], secondaryText: text.consoleOpens }))}
        onItemClick={({ detail }) => open(detail.id as EntryRole)}
      >
        {text.console}
      </ButtonDropdown>
      <Modal
        visible={failed !== undefined || blocked !== undefined}
        header={text.console}
        closeAriaLabel={credentialsText.close}
        onDismiss={close}
      >
        {failed !== undefined && <ProblemAlert error={failed} />}
        {blocked !== undefined && (
          <SpaceBetween size="s">
            <span>{text.consoleBlocked}</span>
            <Link external href={blocked}>
              {text.consoleOpen}
            </Link>
          </SpaceBetween>
        )}
      </Modal>
    </>
  );
}
