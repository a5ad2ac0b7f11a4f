/** A page that is for others: whoever comes to its address is told so, before the service refuses each part of it. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useNavigate } from 'react-router';
import { shellText } from '../text/shell.js';
import { Titled } from './titled.js';

export function NotYours({ title, words }: { readonly title: string; readonly words: string }) {
  const navigate = useNavigate();
  return (
    <Titled title={title}>
      <Alert
        type="info"
        header={shellText.notYours}
        action={<Button onClick={() => navigate('/')}>{shellText.toProviders}</Button>}
      >
        {words}
      </Alert>
    </Titled>
  );
}
