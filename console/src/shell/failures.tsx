/** What is shown where a page cannot be: never a blank one. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useNavigate, useRouteError } from 'react-router';
import { shellText } from '../text/shell.js';
import { ProblemAlert } from './problem.js';
import { useTitle } from './title.js';
import { Waiting } from './waiting.js';

/** Until the service has said who may sign in where, and who did: that may take its time. */
export const Starting = () => (
  <main>
    <Box margin={{ top: 'xxxl' }} padding="xxl">
      <Waiting />
    </Box>
  </main>
);

/** A page of its own, without the frame: nobody is signed in, or the frame itself failed. */
function Bare({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useTitle(title);
  return (
    <main>
      <Box margin={{ top: 'xxxl' }} padding="xxl">
        <Container header={<Header variant="h1">{title}</Header>}>{children}</Container>
      </Box>
    </main>
  );
}

export const CannotStart = ({ title, error }: { readonly title: string; readonly error: unknown }) => (
  <Bare title={title}>
    <SpaceBetween size="m">
      <ProblemAlert error={error} />
      <Button variant="primary" href="/">
        {shellText.tryAgain}
      </Button>
    </SpaceBetween>
  </Bare>
);

export const SignedOut = () => (
  <Bare title={shellText.signedOut}>
    <SpaceBetween size="m">
      <Box>{shellText.signedOutWords}</Box>
      <Button variant="primary" href="/">
        {shellText.signIn}
      </Button>
    </SpaceBetween>
  </Bare>
);

/** Inside the frame: an answer was not as expected. */
export function PageFailed() {
  const error = useRouteError();
  const navigate = useNavigate();
  useTitle(shellText.pageFailed);
  return (
    <Container header={<Header variant="h1">{shellText.pageFailed}</Header>}>
      <SpaceBetween size="m">
        <Box>{shellText.pageFailedWords}</Box>
        <ProblemAlert error={error} />
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="primary" onClick={() => location.reload()}>
            {shellText.reload}
          </Button>
          <Button onClick={() => navigate('/')}>{shellText.toProviders}</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** In place of the frame, which could not be drawn. */
export const FrameFailed = () => <CannotStart title={shellText.pageFailed} error={useRouteError()} />;

/** Inside the frame: nothing has this address. */
export function NoSuchPage() {
  const navigate = useNavigate();
  useTitle(shellText.noSuchPage);
  return (
    <Container header={<Header variant="h1">{shellText.noSuchPage}</Header>}>
      <SpaceBetween size="m">
        <Box>{shellText.noSuchPageWords}</Box>
        <Button variant="primary" onClick={() => navigate('/')}>
          {shellText.toProviders}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
