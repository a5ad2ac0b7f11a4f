/** Shapes that the events of several streams share. */
import Type, { type TProperties } from 'typebox';

/** An object with these members and no others: what nobody described is not stored. */
export const exactly = <P extends TProperties>(members: P) => Type.Object(members, { additionalProperties: false });

export const text = Type.String();
export const texts = Type.Array(text);
/** A revision, generation or count. */
export const count = Type.Integer({ minimum: 0 });

/** The call that failed, as support asks for it. */
export const failedCall = exactly({
  service: Type.Optional(text),
  region: Type.Optional(text),
  operation: text,
  requestId: text,
  error: text,
  body: text,
});

export const organizationFacts = exactly({
  billable: Type.Boolean(),
  reseller: Type.Boolean(),
  customerOfReseller: Type.Boolean(),
  staff: Type.Boolean(),
  demo: Type.Boolean(),
  officeTerritories: texts,
});
