/** The least page of the component library that has a frame, a field and a figure: what the console is measured beside. No part of the product. */
import '@cloudscape-design/global-styles/index.css';
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function Empty() {
  const [typed, setTyped] = useState('');
  const [answers, setAnswers] = useState(0);
  const ask = async (): Promise<void> => {
    await (await fetch('/console-settings')).json();
    setAnswers((before) => before + 1);
  };
  return (
    <AppLayoutToolbar
      navigationHide
      toolsHide
      content={
        <ContentLayout header={<Header variant="h1">Empty page</Header>}>
          <Input ariaLabel="Field" value={typed} onChange={({ detail }) => setTyped(detail.value)} />
          <Button onClick={ask}>Ask</Button>
          <p>{`${answers} of many steps are done`}</p>
        </ContentLayout>
      }
    />
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(<Empty />);
