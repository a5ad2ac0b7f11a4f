/** What can be done to a provider beside using it: rename it, or withdraw it while there is no account. */
import Alert from '@cloudscape-design/components/alert';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { renameProvider, withdrawProvider } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import type { Status } from '../../api/types.js';
import { forgetKept, isKept } from '../../auth/kept.js';
import { administers, usePerson } from '../../auth/person.js';
import { canWithdraw } from '../../format/stages.js';
import { aboutProvider } from '../../live/use-provider.js';
import { Asking } from '../../shell/asking.js';
import { useKept } from '../../shell/kept.js';
import { useCommand } from '../../shell/use-command.js';
import { actionsText as text } from '../../text/actions.js';

interface On {
  readonly status: Status;
  readonly close: () => void;
}

const renamePlace = (id: string): string => `rename.${id}`;

function Rename({ status: { id, name = '' }, close }: On) {
  const [typed, change] = useKept(renamePlace(id), () => ({ name }));
  const { run, running, failed } = useCommand(aboutProvider(id), text.renamed);
  const leave = (): void => {
    forgetKept(renamePlace(id));
    close();
  };
  const send = async (): Promise<void> => {
    const body = { name: typed.name.trim() };
    if (await run((headers) => asked(renameProvider({ path: { id }, body, headers }), 'id'))) leave();
  };
  return (
    <Asking title={text.rename} button={text.rename} {...{ running, failed, send, close: leave }}>
      <FormField label={text.name} description={text.renameWords}>
        <Input value={typed.name} autoFocus onChange={({ detail }) => change({ name: detail.value })} />
      </FormField>
    </Asking>
  );
}

function Withdraw({ status: { id }, close }: On) {
  const { run, running, failed } = useCommand(aboutProvider(id), text.withdrawn);
  const send = async (): Promise<void> => {
    if (await run((headers) => asked(withdrawProvider({ path: { id }, headers }), 'id'))) close();
  };
  return (
    <Asking title={text.withdrawTitle} button={text.withdraw} {...{ running, failed, send, close }}>
      <Alert type="warning">{text.withdrawWords}</Alert>
    </Asking>
  );
}

const dialogs = { rename: Rename, withdraw: Withdraw } as const;

export function Actions({ status }: { readonly status: Status }) {
  const person = usePerson();
  const [asking, setAsking] = useState<keyof typeof dialogs | undefined>(() =>
    isKept(renamePlace(status.id)) ? 'rename' : undefined,
  );
  if (!administers(person, status.organization) || ['refused', 'withdrawn'].includes(status.stage)) return null;
  const Dialog = asking && dialogs[asking];
  const reason = canWithdraw(status.stage) ? {} : { disabled: true, disabledReason: text.tooLate };
  return (
    <>
      <ButtonDropdown
        items={[
          { id: 'rename', text: text.rename },
          { id: 'withdraw', text: text.withdraw, ...reason },
        ]}
        onItemClick={({ detail }) => setAsking(detail.id as keyof typeof dialogs)}
      >
        {text.actions}
      </ButtonDropdown>
      {Dialog && <Dialog status={status} close={() => setAsking(undefined)} />}
    </>
  );
}
