/** What a reader must know before anything else about this provider. */
import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import { useLocation } from 'react-router';
import type { Status } from '../../api/types.js';
import type { Connection } from '../../live/follow.js';
import { useSettings } from '../../settings.js';
import { ConnectionNotice } from '../../shell/connection-lost.js';
import { newText } from '../../text/new.js';
import { providerText as text } from '../../text/provider.js';

function Refused({ reasons }: Pick<Status, 'reasons'>) {
  const { reseller } = useSettings();
  return (
    <Alert type="error" header={text.refused}>
      {reasons?.map(({ reason, words }) => (
        <div key={reason}>{words}</div>
      ))}
      <div>
        {text.refusedWords} {newText.ineligibleContact}{' '}
        <Link external href={reseller.contact}>
          {reseller.contact}
        </Link>
      </div>
    </Alert>
  );
}

/** Why the terms were refused when the wizard sent them; only until they are accepted. */
function TermsRefused() {
  const { state } = useLocation();
  const refused: unknown = state?.refused;
  if (typeof refused !== 'string') return null;
  return (
    <Alert type="warning" header={text.termsRefused}>
      {refused}
    </Alert>
  );
}

export const AlertsPart = ({ status, connection }: { readonly status: Status; readonly connection: Connection }) => (
  <>
    <ConnectionNotice connection={connection} />
    {status.stage === 'requested' && <TermsRefused />}
    {status.stage === 'refused' && <Refused reasons={status.reasons} />}
    {status.stage === 'withdrawn' && <Alert type="info">{text.withdrawn}</Alert>}
    {status.quarantine && (
      <Alert type="warning" header={text.quarantine}>
        {status.quarantine.words}
      </Alert>
    )}
    {status.account?.state && (
      <Alert type="error" header={text.accountEnd(status.account.state)}>
        {status.account.words}
      </Alert>
    )}
  </>
);
