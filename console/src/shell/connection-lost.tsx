/** What is shown may be out of date: said wherever something is followed. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { Connection } from '../live/follow.js';
import { shellText } from '../text/shell.js';

const Over = () => (
  <Alert
    type="warning"
    header={shellText.connectionOver}
    action={<Button onClick={() => location.reload()}>{shellText.reload}</Button>}
  >
    {shellText.connectionOverWords}
  </Alert>
);

/** Nothing as long as changes are told. */
export function ConnectionNotice({ connection }: { readonly connection: Connection }) {
  if (connection === 'over') return <Over />;
  if (connection !== 'lost') return null;
  return (
    <Alert type="warning" header={shellText.connectionLost}>
      {shellText.connectionLostWords}
    </Alert>
  );
}
