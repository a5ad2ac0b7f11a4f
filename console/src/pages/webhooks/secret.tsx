/** A secret that was just made: to be copied now, since nothing shows it again. */
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Code } from '../../shell/code.js';
import { webhooksText as text } from '../../text/webhooks.js';

export function SecretOnce({ secret }: { readonly secret: string | undefined }) {
  if (secret === undefined) return <Alert type="warning">{text.noSecret}</Alert>;
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header={text.keepSecret}>
        {text.keepSecretWords}
      </Alert>
      <Code text={secret} label={text.secret} />
    </SpaceBetween>
  );
}
