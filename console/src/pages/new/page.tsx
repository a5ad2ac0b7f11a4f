/** New → Amazon Web Services: from a name to an account that is being made. */
import Alert from '@cloudscape-design/components/alert';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { administers, usePerson } from '../../auth/person.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { Titled } from '../../shell/titled.js';
import { Waiting } from '../../shell/waiting.js';
import { newText as text } from '../../text/new.js';
import { useOptions, useTerms, useTerritories } from './catalogue.js';
import { useDraft } from './draft.js';
import { NewWizard } from './wizard.js';

function OnlyAdministrators() {
  return (
    <Titled title={text.title}>
      <Alert type="info" header={text.onlyAdministrators}>
        {text.onlyAdministratorsWords}
      </Alert>
    </Titled>
  );
}

/** What the wizard draws, once it is there; a choice that is the only one is made already. */
function useOffer(organization: string) {
  const [draft, change] = useDraft();
  const territories = useTerritories();
  const only = territories.data?.items.length === 1 ? territories.data.items[0]?.code : undefined;
  const options = useOptions(organization, draft.territory);
  const terms = useTerms(draft.territory);
  const offered = options.data?.items.filter((option) => option.offered) ?? [];
  const onlyOffered = offered.length === 1 ? offered[0]?.origin : undefined;
  useEffect(() => {
    if (draft.territory === undefined && only !== undefined) change({ territory: only });
    else if (draft.origin === undefined && onlyOffered !== undefined) change({ origin: onlyOffered });
  });
  return { draft, change, territories, options, terms };
}

function Offer({ organization }: { readonly organization: string }) {
  const { draft, change, territories, options, terms } = useOffer(organization);
  const navigate = useNavigate();
  const client = useQueryClient();
  const failed = [territories, options].find(({ error }) => error);
  if (failed)
    return (
      <Titled title={text.title}>
        <ProblemAlert error={failed.error} again={() => failed.refetch()} />
      </Titled>
    );
  if (!territories.data)
    return (
      <Titled title={text.title}>
        <Waiting />
      </Titled>
    );
  return (
    <NewWizard
      draft={draft}
      change={change}
      organization={organization}
      territories={territories.data.items}
      options={options.data?.items}
      contact={options.data?.contact}
      documents={terms.data?.documents}
      termsFailed={terms.error}
      readTerms={() => terms.refetch()}
      termsChanged={() => client.invalidateQueries({ queryKey: ['terms'] })}
      leave={navigate}
    />
  );
}

export function NewPage() {
  useTitle(text.title);
  const person = usePerson();
  if (person.organization === undefined || !administers(person, person.organization)) return <OnlyAdministrators />;
  return <Offer organization={person.organization} />;
}
