/** What statistics are told as. */
import Type from 'typebox';
import { count, exactly, maybe, named, oneOf, text } from './shapes.js';

const byReason = Type.Record(Type.String(), count, { description: 'How many there were by reason.' });
const day = Type.String({ format: 'date', description: 'A day in UTC.' });

const period = named('Period', {
  ...{ from: day, to: day, requests: count, refused: count, accounts: count, ready: count, withdrawn: count },
  ...{ refusals: byReason, halts: byReason },
});

const seconds = Type.Number({ minimum: 0 });

const duration = named('Duration', {
  ...{ step: text, title: text, count, p50Seconds: seconds, p90Seconds: seconds, p99Seconds: seconds },
});

export const statisticsAnswer = named('Statistics', {
  from: day,
  to: day,
  by: oneOf('day', 'week', 'month'),
  organization: maybe(text),
  byStage: Type.Record(Type.String(), count, { description: 'How many providers stand where now.' }),
  periods: Type.Array(period),
  durations: Type.Array(duration),
  payers: maybe(
    Type.Array(
      exactly({ id: text, freeSlots: count, creationsAtOnce: count, roomLeft: count, accountsAllowed: count }),
    ),
  ),
});
