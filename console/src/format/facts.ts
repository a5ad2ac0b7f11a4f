/** The facts of a provider as sentences, and the kinds by which they are filtered. */
import type { Fact } from '../api/types.js';
import { actorsText, type FactKind, factsText } from '../text/facts.js';

/** A fact of a newer service is told by its type. */
export const factText = ({ type, data }: Pick<Fact, 'type' | 'data'>): string => factsText[type]?.say(data) ?? type;

export const factKind = ({ type }: Pick<Fact, 'type'>): FactKind | undefined => factsText[type]?.kind;

/** The types of the facts of a kind. */
export const factTypes = (kind: FactKind): readonly string[] =>
  Object.keys(factsText).filter((type) => factsText[type]?.kind === kind);

/** Who did a fact: the person for whom a service did it and the service, or whoever did it themselves. */
export function doerText({ actor, onBehalfOf }: Pick<Fact, 'actor' | 'onBehalfOf'>, reader: string): string {
  if (onBehalfOf === undefined) return actorText(actor, reader);
  return actorsText.through(actorText(onBehalfOf, reader), actorText(actor, reader));
}

/** Who did it: the service itself, the reader, or a person by the opaque id, the only thing of people that is on record. */
export function actorText(actor: string, reader: string): string {
  if (actor === 'partner-cloud#saga') return actorsText.service;
  const subject = actor.slice(actor.lastIndexOf('#') + 1);
  return subject === reader ? actorsText.you : subject;
}
