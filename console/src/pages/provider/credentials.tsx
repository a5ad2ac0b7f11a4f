/** The credentials: how they stand, who saw them, and the way to see them. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { Fact, Status } from '../../api/types.js';
import { administers, usePerson } from '../../auth/person.js';
import { actorText } from '../../format/facts.js';
import { Moment } from '../../shell/moment.js';
import { Copyable } from '../../shell/problem.js';
import { credentialsText as text } from '../../text/credentials.js';
import { deviceText } from '../../text/facts.js';
import { CommandLineButton } from './command-line.js';
import { ConsoleButton } from './console-button.js';
import { Reissue } from './reissue.js';
import { ShowCredentials } from './show-credentials.js';

type Credentials = NonNullable<Status['credentials']>;

const looks: Readonly<Record<Credentials['state'], StatusIndicatorProps.Type>> = {
  issued: 'success',
  claimed: 'success',
  expired: 'warning',
  reissuing: 'in-progress',
};

const words: Readonly<Record<Credentials['state'], string>> = {
  issued: text.issuedWords,
  claimed: text.claimedWords,
  expired: text.expiredWords,
  reissuing: text.reissuingWords,
};

/** Who saw the present password, the last one first. */
function SeenBy({ facts, generation }: { readonly facts: readonly Fact[]; readonly generation: number }) {
  const { subject } = usePerson();
  const seen = facts.filter(({ type, data }) => type === 'CredentialsRevealed' && data.generation === generation);
  if (seen.length === 0) return text.shownNever;
  return [...seen].reverse().map(({ position, at, actor }) => (
    <div key={position}>
      <Moment at={at} /> {text.shownBy(actorText(actor, subject))}
    </div>
  ));
}

/** Until a device is seen only the way to one is open to the user. */
function SecondFactor({ mfa }: { readonly mfa: NonNullable<Status['mfa']> }) {
  if (mfa.state === 'enrolled')
    return <StatusIndicator type="success">{text.mfaEnrolled(deviceText(mfa.device))}</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="pending">{text.mfaNotSeen}</StatusIndicator>
      <Box variant="small" color="text-body-secondary">
        {text.mfaNotSeenWords}
      </Box>
    </>
  );
}

interface StandingParts {
  readonly credentials: Credentials;
  readonly mfa: Status['mfa'];
  readonly facts: readonly Fact[];
}

function Standing({ credentials, mfa, facts }: StandingParts) {
  const { state, userName, loginUrl, expiresAt, generation } = credentials;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: text.title, value: <StatusIndicator type={looks[state]}>{text.states[state]}</StatusIndicator> },
        ...(userName ? [{ label: text.userName, value: <Copyable text={userName} label={text.userName} /> }] : []),
        ...(loginUrl ? [{ label: text.loginUrl, value: <Copyable text={loginUrl} label={text.loginUrl} /> }] : []),
        ...(state === 'issued' && expiresAt ? [{ label: text.expires, value: <Moment at={expiresAt} /> }] : []),
        ...(mfa ? [{ label: text.mfa, value: <SecondFactor mfa={mfa} /> }] : []),
        { label: text.shownBefore, value: <SeenBy facts={facts} generation={generation} /> },
      ]}
    />
  );
}

export function CredentialsPart({ status, facts }: { readonly status: Status; readonly facts: readonly Fact[] }) {
  const person = usePerson();
  const [shown, setShown] = useState(false);
  const [reissuing, setReissuing] = useState(false);
  const { credentials } = status;
  if (!credentials) return null;
  const { state } = credentials;
  const may = administers(person, status.organization);
  const actions = (
    <SpaceBetween size="xs" direction="horizontal">
      {may && (state === 'claimed' || state === 'expired') && (
        <Button onClick={() => setReissuing(true)}>{text.reissue}</Button>
      )}
      <CommandLineButton status={status} />
      <ConsoleButton status={status} />
      {may && state === 'issued' && (
        <Button variant="primary" onClick={() => setShown(true)}>
          {text.showCredentials}
        </Button>
      )}
    </SpaceBetween>
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={actions} description={may ? words[state] : text.memberWords}>
          {text.title}
        </Header>
      }
    >
      <Standing credentials={credentials} mfa={status.mfa} facts={facts} />
      <Box padding={{ top: 's' }} variant="small" color="text-body-secondary">
        {text.noRoot} {text.recorded}
      </Box>
      {shown && <ShowCredentials id={status.id} close={() => setShown(false)} />}
      {reissuing && <Reissue id={status.id} close={() => setReissuing(false)} />}
    </Container>
  );
}
