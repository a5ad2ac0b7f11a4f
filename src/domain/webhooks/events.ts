/** The events of a webhook: somebody's wish to be told of facts by signed requests. None ever holds the secret that signs. */

export type WebhookSubscribed = {
  readonly type: 'WebhookSubscribed';
  /** Whose facts are told; absent where those of all organizations are. */
  readonly organization?: string;
  /** Where requests go: no user, password, query or fragment, since an address is on record for ever. */
  readonly url: string;
  /** The types that are told, sorted and each once; none of them named: every fact that the subscriber may see. */
  readonly types: readonly string[];
};
/** A new secret signs from here on, and the one before it beside it until a time (ISO). */
export type WebhookRotated = {
  readonly type: 'WebhookRotated';
  readonly generation: number;
  readonly formerUntil: string;
};
/** `failing`: a fact could not be delivered for days; `gone`: the receiver says that it wants no more; `person`: by hand. */
export type WebhookDisabled = {
  readonly type: 'WebhookDisabled';
  readonly reason: 'failing' | 'gone' | 'person';
  readonly words: string;
};
/** Delivery goes on where it stood. */
export type WebhookEnabled = { readonly type: 'WebhookEnabled' };
/** Everything after a position is delivered again; from the start of the log where none is named. */
export type WebhookReplayed = { readonly type: 'WebhookReplayed'; readonly after?: string };
export type WebhookRemoved = { readonly type: 'WebhookRemoved' };

export type WebhookEvent =
  | WebhookSubscribed
  | WebhookRotated
  | WebhookDisabled
  | WebhookEnabled
  | WebhookReplayed
  | WebhookRemoved;
