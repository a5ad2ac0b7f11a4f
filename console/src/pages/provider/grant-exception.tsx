/** Grants an exception: which object, who answers for it, why, and until when. The service says which of them cannot be. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { grantException } from '../../../../src/client/generated/sdk.gen.js';
import type { Hardening } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { forgetKept } from '../../auth/kept.js';
import { usePerson } from '../../auth/person.js';
import { daysAhead, mistakesInException } from '../../format/exceptions.js';
import { aboutProvider } from '../../live/use-provider.js';
import { Asking } from '../../shell/asking.js';
import { useKept } from '../../shell/kept.js';
import { Moment } from '../../shell/moment.js';
import { type Key, useCommand } from '../../shell/use-command.js';
import { exceptionsText as text } from '../../text/exceptions.js';

/** What an exception is decided on. */
export type Decided = Pick<Hardening, 'exceptions' | 'findings' | 'position'>;

/** Names the fact behind it, so that what somebody else decided meanwhile is not overwritten unseen. */
export const decidedOn = ({ position }: Pick<Decided, 'position'>) =>
  position === undefined ? {} : { 'If-Match': `"${position}"` };

/** The same of an exception that is granted: before the first fact there is none that could be named. */
const grantedOn = (decided: Pick<Decided, 'position'>) =>
  decided.position === undefined ? { 'If-None-Match': '*' as const } : decidedOn(decided);

interface Granting {
  readonly id: string;
  readonly hardening: Decided;
  readonly close: () => void;
}

const usualDays = 30;

/** The day that was chosen is the last one of it. */
const endOf = (day: string): string => `${day}T23:59:59.999Z`;

/** Where what was typed for an account is kept. */
export const exceptionPlace = (id: string): string => `exception.${id}`;

function useException({ id, hardening, close }: Granting) {
  const { subject } = usePerson();
  const [asking, change] = useKept(exceptionPlace(id), () => ({
    object: '',
    owner: subject,
    reason: '',
    until: daysAhead(Date.now(), usualDays),
  }));
  const [tried, setTried] = useState(false);
  const mistakes = mistakesInException(asking, Date.now());
  const { run, running, failed } = useCommand(aboutProvider(id), text.done);
  const leave = (): void => {
    forgetKept(exceptionPlace(id));
    close();
  };
  const send = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(mistakes).length > 0) return;
    const { object, until, ...rest } = asking;
    const body = { ...rest, until: endOf(until) };
    const call = (headers: Key) =>
      asked(grantException({ path: { id, object }, body, headers: { ...headers, ...grantedOn(hardening) } }), 'id');
    if (await run(call)) leave();
  };
  return { asking, change, running, failed, send, leave, wrong: tried ? mistakes : {} };
}

/** An exception that the new one would take the place of. */
function Present({ exceptions, object }: Pick<Decided, 'exceptions'> & { readonly object: string }) {
  const present = exceptions.find((each) => each.object === object);
  if (!present) return undefined;
  return (
    <>
      {text.present(present.owner, present.reason)} <Moment at={present.until} />.
    </>
  );
}

export function GrantException(granting: Granting) {
  const { findings, exceptions } = granting.hardening;
  const { asking, change, wrong, running, failed, send, leave } = useException(granting);
  const isPresent = exceptions.some(({ object }) => object === asking.object);
  return (
    <Asking title={text.grant} button={text.grant} {...{ running, failed, send, close: leave }}>
      <FormField
        label={text.object}
        description={text.objectWords}
        errorText={wrong.object}
        warningText={isPresent && <Present exceptions={exceptions} object={asking.object} />}
      >
        <Autosuggest
          value={asking.object}
          onChange={({ detail }) => change({ object: detail.value })}
          options={findings.map(({ object, changes }) => ({ value: object, description: changes[0] ?? '' }))}
          enteredTextLabel={text.use}
          empty={text.nothingFound}
          placeholder="opt-in-region/eu-south-1/eu-south-1"
        />
      </FormField>
      <FormField label={text.owner} description={text.ownerWords} errorText={wrong.owner}>
        <Input value={asking.owner} onChange={({ detail }) => change({ owner: detail.value })} />
      </FormField>
      <FormField label={text.reason} errorText={wrong.reason}>
        <Textarea rows={2} value={asking.reason} onChange={({ detail }) => change({ reason: detail.value })} />
      </FormField>
      <FormField label={text.until} description={text.untilWords} errorText={wrong.until}>
        <DatePicker
          value={asking.until}
          onChange={({ detail }) => change({ until: detail.value })}
          openCalendarAriaLabel={() => text.calendar}
        />
      </FormField>
    </Asking>
  );
}
