/** What is shown may be out of date: said wherever something is followed. */
import Alert from '@cloudscape-design/components/alert';
import { shellText } from '../text/shell.js';

export const ConnectionLost = () => (
  <Alert type="warning" header={shellText.connectionLost}>
    {shellText.connectionLostWords}
  </Alert>
);
