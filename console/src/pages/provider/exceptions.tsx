/** What is left out of the hardening for a time: who answers for it, why and until when; operators grant and take back. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { revokeException } from '../../../../src/client/generated/sdk.gen.js';
import type { Hardening } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { isKept } from '../../auth/kept.js';
import { has, usePerson } from '../../auth/person.js';
import { aboutProvider } from '../../live/use-provider.js';
import { Asking } from '../../shell/asking.js';
import { Moment } from '../../shell/moment.js';
import { type Key, useCommand } from '../../shell/use-command.js';
import { exceptionsText as text } from '../../text/exceptions.js';
import { type Decided, decidedOn, exceptionPlace, GrantException } from './grant-exception.js';

type Exception = Hardening['exceptions'][number];

interface Kept {
  readonly id: string;
  readonly hardening: Decided;
}

interface TakingBack extends Kept {
  readonly object: string;
  readonly close: () => void;
}

function TakeBack({ id, hardening, object, close }: TakingBack) {
  const { run, running, failed } = useCommand(aboutProvider(id), text.takenBack);
  const send = async (): Promise<void> => {
    const call = (headers: Key) =>
      asked(revokeException({ path: { id, object }, headers: { ...headers, ...decidedOn(hardening) } }), 'id');
    if (await run(call)) close();
  };
  const exception = hardening.exceptions.find((each) => each.object === object);
  return (
    <Asking title={text.takeBackTitle} button={text.takeBack} {...{ running, failed, send, close }}>
      <Box>{exception ? text.takeBackWords(object) : text.takenBackMeanwhile(object)}</Box>
    </Asking>
  );
}

const columns = [
  { id: 'object', header: text.object, isRowHeader: true, cell: ({ object }: Exception) => object },
  { id: 'reason', header: text.reason, minWidth: 200, cell: ({ reason }: Exception) => reason },
  { id: 'owner', header: text.owner, cell: ({ owner }: Exception) => owner },
  { id: 'granted', header: text.granted, cell: ({ grantedAt }: Exception) => <Moment at={grantedAt} /> },
  { id: 'until', header: text.until, cell: ({ until }: Exception) => <Moment at={until} /> },
];

export function ExceptionsPart({ id, hardening }: Kept) {
  const { exceptions } = hardening;
  const decides = has(usePerson(), 'operator');
  const [dialog, setDialog] = useState<'grant' | { readonly object: string } | undefined>(() =>
    decides && isKept(exceptionPlace(id)) ? 'grant' : undefined,
  );
  const close = (): void => setDialog(undefined);
  const takeBack = {
    id: 'take-back',
    header: text.actions,
    minWidth: 120,
    cell: ({ object }: Exception) => (
      <Button variant="inline-link" ariaLabel={text.takeBackOf(object)} onClick={() => setDialog({ object })}>
        {text.takeBack}
      </Button>
    ),
  };
  return (
    <>
      <Table
        variant="embedded"
        wrapLines
        header={
          <Header
            variant="h3"
            counter={`(${exceptions.length})`}
            description={text.words}
            actions={decides && <Button onClick={() => setDialog('grant')}>{text.grant}</Button>}
          >
            {text.title}
          </Header>
        }
        items={exceptions}
        trackBy="object"
        empty={<Box textAlign="center">{text.none}</Box>}
        ariaLabels={{ tableLabel: text.title }}
        columnDefinitions={decides ? [...columns, takeBack] : columns}
      />
      {decides && dialog === 'grant' && <GrantException id={id} hardening={hardening} close={close} />}
      {decides && typeof dialog === 'object' && (
        <TakeBack id={id} hardening={hardening} object={dialog.object} close={close} />
      )}
    </>
  );
}
