/** The wizard itself: three steps, each checked before the next. */
import Wizard from '@cloudscape-design/components/wizard';
import { useState } from 'react';
import { asProblem, problemInOneLine } from '../../api/problem.js';
import type { Option, TermsDocument } from '../../api/types.js';
import { useTitles } from '../../shell/terms.js';
import { newText as text } from '../../text/new.js';
import { type Mistakes, mistakesIn, notAccepted, reached } from './checks.js';
import { type Draft, forgetDraft } from './draft.js';
import { ProviderStep } from './provider-step.js';
import { request, TermsChanged } from './request.js';
import { ReviewStep } from './review-step.js';
import { type Gates, lastStep, useShown } from './steps.js';
import { TermsStep } from './terms-step.js';

interface Offer {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly organization: string;
  readonly territories: readonly { readonly code: string; readonly name: string }[];
  /** Nothing until the service has said; the same of the documents. */
  readonly options: readonly Option[] | undefined;
  readonly contact: string | undefined;
  readonly documents: readonly TermsDocument[] | undefined;
  readonly termsFailed: unknown;
  readonly readTerms: () => void;
  /** The documents that are shown are not in force any more. */
  readonly termsChanged: () => void;
  readonly leave: (to: string, options?: { readonly state: unknown }) => void;
}

const termsStep = 1;

const i18n = {
  stepNumberLabel: text.step,
  collapsedStepsLabel: text.steps,
  navigationAriaLabel: text.navigation,
  cancelButton: text.cancel,
  previousButton: text.previous,
  nextButton: text.next,
};

/** What keeps each step from being left, and what is wrong with the draft. */
function useGates({ draft, options, documents }: Offer): Gates & { readonly mistakes: Mistakes } {
  const titleOf = useTitles();
  const mistakes = mistakesIn(draft, options ?? []);
  const { origin, ...typed } = mistakes;
  const missing = notAccepted(draft, documents ?? []).map(({ party }) => titleOf(party));
  const termsMissing =
    documents === undefined ? text.termsLoading : missing.length > 0 && text.acceptBoth(missing.join(' and '));
  const hasMistakes = Object.keys(options === undefined ? typed : mistakes).length > 0;
  return {
    mistakes,
    errors: [Object.keys(mistakes).length > 0, termsMissing, false],
    known: [hasMistakes, documents !== undefined && termsMissing, false],
    isBlank: draft.name === '',
  };
}

/** Sends the request; where the service says no, the step that can mend it says why. */
function useRequest({ draft, change, organization, termsChanged, leave }: Offer, turnTo: (step: number) => void) {
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<string>();
  const send = async (): Promise<void> => {
    setSending(true);
    setFailed(undefined);
    try {
      const { id, refused } = await request(organization, draft);
      forgetDraft();
      leave(`/providers/${id}`, { state: { refused: refused === undefined ? undefined : asProblem(refused).message } });
    } catch (error) {
      if (error instanceof TermsChanged) {
        termsChanged();
        change({ accepted: {} });
        turnTo(termsStep);
        setFailed(text.changed);
      } else setFailed(problemInOneLine(error));
    } finally {
      setSending(false);
    }
  };
  return { sending, failed, send };
}

export function NewWizard(offer: Offer) {
  const { draft, change, territories, options, documents, organization, leave } = offer;
  const gates = useGates(offer);
  const { mistakes, errors } = gates;
  const { shown, tried, go, turnTo } = useShown(gates);
  const { sending, failed, send } = useRequest(offer, turnTo);
  const errorAt = (step: number): string | undefined => {
    if (failed !== undefined && shown === step) return failed;
    const error = errors[step];
    return tried >= step && typeof error === 'string' ? error : undefined;
  };
  const step = { draft, change, organization, territories, options, contact: offer.contact };
  return (
    <Wizard
      i18nStrings={i18n}
      submitButtonText={text.create}
      isLoadingNextStep={sending}
      activeStepIndex={shown}
      onNavigate={({ detail }) => go(detail.requestedStepIndex)}
      onSubmit={() => (reached(lastStep, errors) === lastStep ? send() : go(lastStep))}
      onCancel={() => {
        forgetDraft();
        leave('/');
      }}
      steps={[
        {
          title: text.provider,
          description: text.providerWords,
          errorText: errorAt(0),
          content: <ProviderStep {...step} mistakes={tried >= 0 ? mistakes : {}} />,
        },
        {
          title: text.terms,
          description: text.termsWords,
          errorText: errorAt(termsStep),
          content: <TermsStep {...offer} />,
        },
        {
          title: text.review,
          description: text.reviewWords,
          errorText: errorAt(2),
          content: (
            <ReviewStep
              draft={draft}
              organization={organization}
              option={options?.find(({ origin }) => origin === draft.origin)?.title ?? ''}
              territory={territories.find(({ code }) => code === draft.territory)?.name ?? ''}
              documents={documents ?? []}
              edit={turnTo}
            />
          ),
        },
      ]}
    />
  );
}
