/** The simulated SNS, as far as topics take messages; what was published is among the calls that `/_simulator/calls` shows. */
import type { Service } from '../engine/core.js';
import { queryWire } from '../protocol/query-xml.js';
import { topicOperations } from './topics.js';

/** Source: SNS API, 2010-03-31. */
export const sns: Service = {
  name: 'sns',
  wire: queryWire({ version: '2010-03-31', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' }),
  inputs: {
    CreateTopic: ['Name'],
    Publish: ['TopicArn', 'Message', 'Subject'],
  },
  operations: topicOperations,
};
