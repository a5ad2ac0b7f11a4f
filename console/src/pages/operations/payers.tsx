/** The payers: room, load and brakes. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { pauseVending, resumeVending } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { has, usePerson } from '../../auth/person.js';
import { ProblemAlert } from '../../shell/problem.js';
import { WatchedTable } from '../../shell/watched-table.js';
import { operationsText as text } from '../../text/operations.js';
import { type Payer, payersKey, usePayers } from './reads.js';

const Vending = ({ vending }: Payer) => (
  <SpaceBetween size="xxs">
    <StatusIndicator type={vending.state === 'open' ? 'success' : 'stopped'}>
      {vending.state === 'open' ? text.open : text.paused}
    </StatusIndicator>
    {vending.words && <span>{vending.words}</span>}
  </SpaceBetween>
);

/** Pauses a payer that vends, and lets one vend that is paused. */
function useBrake() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, vending }: Payer) =>
      asked(
        vending.state === 'open' ? pauseVending({ path: { id }, body: {} }) : resumeVending({ path: { id } }),
        'vending',
      ),
    onSettled: () => client.invalidateQueries({ queryKey: payersKey }),
  });
}

export function PayersTable() {
  const query = usePayers();
  const brake = useBrake();
  const isOperator = has(usePerson(), 'operator');
  const button = (payer: Payer) => {
    const isOpen = payer.vending.state === 'open';
    return (
      <Button
        ariaLabel={isOpen ? text.pauseOf(payer.id) : text.resumeOf(payer.id)}
        loading={brake.isPending && brake.variables?.id === payer.id}
        onClick={() => brake.mutate(payer)}
      >
        {isOpen ? text.pause : text.resume}
      </Button>
    );
  };
  return (
    <>
      {brake.error && <ProblemAlert error={brake.error} />}
      <WatchedTable<Payer>
        title={text.payers}
        words={text.payersWords}
        empty={text.noData}
        query={query}
        columns={[
          { id: 'id', header: text.payer, isRowHeader: true, cell: ({ id }) => id },
          { id: 'territories', header: text.territory, cell: ({ territories }) => territories.join(', ') },
          {
            id: 'room',
            header: text.room,
            cell: ({ roomLeft, accountsAllowed }) => text.roomOf(roomLeft, accountsAllowed),
          },
          {
            id: 'creating',
            header: text.creating,
            cell: ({ creating, creationsAtOnce }) => text.creatingOf(creating, creationsAtOnce),
          },
          { id: 'kept', header: text.kept, cell: ({ kept }) => kept },
          { id: 'vending', header: text.vending, cell: (payer) => <Vending {...payer} /> },
          ...(isOperator ? [{ id: 'brake', header: text.brake, cell: button }] : []),
        ]}
      />
    </>
  );
}
