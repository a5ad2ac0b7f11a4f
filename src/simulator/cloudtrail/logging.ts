/** Whether a trail logs, and which events. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { changeable, existing, putTrail, type Selectors, type TrailDocument } from './documents.js';
import { list, text } from './input.js';

/** A trail without selectors of its own logs all management events and no data. Source: PutEventSelectors. */
const defaultSelectors = [
  { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
];

/** Source: CloudTrail API, StartLogging, StopLogging, GetTrailStatus, PutEventSelectors, GetEventSelectors. */
export const loggingOperations: Operations = {
  StartLogging(call) {
    const trail = changeable(call, text(call, 'Name'));
    if (!trail.isLogging) putTrail(call, { ...trail, isLogging: true, startedAt: call.now });
    return {};
  },
  StopLogging(call) {
    const trail = changeable(call, text(call, 'Name'));
    if (trail.isLogging) putTrail(call, { ...trail, isLogging: false, stoppedAt: call.now });
    return {};
  },
  GetTrailStatus: (call) => status(existing(call, text(call, 'Name'))),
  PutEventSelectors(call) {
    const trail = changeable(call, text(call, 'TrailName'));
    const selectors = selectorsIn(call);
    putTrail(call, { ...trail, selectors });
    return { TrailARN: trail.arn, ...selectors };
  },
  GetEventSelectors(call) {
    const { arn, selectors } = existing(call, text(call, 'TrailName'));
    return { TrailARN: arn, ...(selectors ?? { EventSelectors: defaultSelectors }) };
  },
};

function selectorsIn(call: Call): Selectors {
  const [basic, advanced] = [list(call, 'EventSelectors'), list(call, 'AdvancedEventSelectors')];
  if (basic.length > 0 === advanced.length > 0) {
    const words = 'EventSelectors or AdvancedEventSelectors: exactly one of them must be given.';
    throw new AwsError('InvalidEventSelectorsException', 400, words);
  }
  if (basic.length > 5) throw new AwsError('InvalidEventSelectorsException', 400, 'EventSelectors: at most five.');
  return basic.length > 0 ? { EventSelectors: basic } : { AdvancedEventSelectors: advanced };
}

/** A status in AWS's shape: the times are there twice, once as text. Source: CloudTrail API, GetTrailStatus. */
function status({ isLogging, startedAt, stoppedAt }: TrailDocument): Readonly<Record<string, unknown>> {
  const text = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());
  return {
    IsLogging: isLogging,
    StartLoggingTime: startedAt === null ? undefined : new Date(startedAt),
    StopLoggingTime: stoppedAt === null ? undefined : new Date(stoppedAt),
    LatestDeliveryTime: startedAt === null ? undefined : new Date(startedAt),
    TimeLoggingStarted: text(startedAt),
    TimeLoggingStopped: text(stoppedAt),
  };
}
