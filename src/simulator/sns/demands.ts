/** What calls of SNS ask permission for. Source: Service Authorization Reference, Amazon SNS. */
import { type Demands, member } from '../policies/demand.js';

export const snsDemands: Demands = {
  CreateTopic: (call) => [
    { action: 'sns:CreateTopic', resource: `arn:aws:sns:${call.region}:${call.account}:${member(call, 'Name') ?? ''}` },
  ],
  Publish(call) {
    const resource = member(call, 'TopicArn') ?? '*';
    const [, , , , resourceAccount = call.account] = resource.split(':');
    return [{ action: 'sns:Publish', resource, resourceAccount }];
  },
};
