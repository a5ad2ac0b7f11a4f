/** AWS Console: signs straight in, with the role that the reader chooses among those that they may use. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { openConsole } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import type { Status } from '../../api/types.js';
import { administers, has, usePerson } from '../../auth/person.js';
import { ProblemAlert } from '../../shell/problem.js';
import { credentialsText } from '../../text/credentials.js';
import { providerText as text } from '../../text/provider.js';

type ConsoleRole = keyof typeof text.consoleRoles;

/** The tab is opened at the click, as browsers want it, and goes to AWS once the address is there. */
function useConsole(id: string) {
  const [opening, setOpening] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [blocked, setBlocked] = useState<string>();
  const open = async (role: ConsoleRole): Promise<void> => {
    const tab = window.open('', '_blank');
    if (tab) tab.opener = null;
    setOpening(true);
    try {
      const { url } = await asked(openConsole({ path: { id }, body: { role } }));
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
  const isOwn = person.organization === status.organization && has(person, 'administrator', 'member');
  if (!isOwn) return null;
  const roles: ConsoleRole[] = administers(person, status.organization)
    ? ['administrator', 'read-only']
    : ['read-only'];
  return (
    <>
      <ButtonDropdown
        loading={opening}
        items={roles.map((id) => ({ id, text: text.consoleRoles[id], secondaryText: text.consoleOpens }))}
        onItemClick={({ detail }) => open(detail.id as ConsoleRole)}
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
