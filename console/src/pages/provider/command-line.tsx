/** Command line: short-lived keys in the forms that AWS's tools take, as AWS's own access portal shows them. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import { openCommandLine } from '../../../../src/client/generated/sdk.gen.js';
import type { OpenCommandLineResponse } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import type { Status } from '../../api/types.js';
import { usePerson } from '../../auth/person.js';
import { exportsOf } from '../../format/exports.js';
import { Code } from '../../shell/code.js';
import { Moment } from '../../shell/moment.js';
import { ProblemAlert } from '../../shell/problem.js';
import { commandLineText as text } from '../../text/command-line.js';
import { type EntryRole, entryRoles } from './entry-roles.js';

const Keys = ({ environment, profile, credentialProcess, expiresAt }: OpenCommandLineResponse) => (
  <SpaceBetween size="m">
    <Box>
      {text.words} {text.expires}: <Moment at={expiresAt} />
    </Box>
    <Tabs
      tabs={[
        {
          id: 'environment',
          label: text.environment,
          content: <Code text={exportsOf(environment)} label={text.environment} />,
        },
        { id: 'profile', label: text.profile, content: <Code text={profile} label={text.profileWords} /> },
        {
          id: 'process',
          label: text.process,
          content: <Code text={JSON.stringify(credentialProcess, null, 2)} label={text.processWords} />,
        },
      ]}
    />
  </SpaceBetween>
);

export function CommandLineButton({ status }: { readonly status: Status }) {
  const roles = entryRoles(usePerson(), status);
  const [keys, setKeys] = useState<OpenCommandLineResponse>();
  const [failed, setFailed] = useState<unknown>();
  const [opening, setOpening] = useState(false);
  if (roles.length === 0) return null;
  const open = async (role: EntryRole): Promise<void> => {
    setOpening(true);
    const call = openCommandLine({ path: { id: status.id }, body: { role } });
    await asked(call, 'environment', 'profile', 'credentialProcess', 'expiresAt').then(setKeys, setFailed);
    setOpening(false);
  };
  const close = (): void => {
    setKeys(undefined);
    setFailed(undefined);
  };
  return (
    <>
      <ButtonDropdown
        loading={opening}
        items={roles.map((id) => ({ id, text: text.roles[id], secondaryText: text.short }))}
        onItemClick={({ detail }) => open(detail.id as EntryRole)}
      >
        {text.button}
      </ButtonDropdown>
      <Modal
        visible={keys !== undefined || failed !== undefined}
        size="large"
        header={text.title}
        closeAriaLabel={text.close}
        onDismiss={close}
        footer={
          <Box float="right">
            <Button onClick={close}>{text.close}</Button>
          </Box>
        }
      >
        {failed !== undefined && <ProblemAlert error={failed} />}
        {keys && <Keys {...keys} />}
      </Modal>
    </>
  );
}
