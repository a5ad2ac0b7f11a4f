/** Notices to people by topics of SNS, to which they have subscribed an address of theirs. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { NoticeSender } from '../../../application/ports/notice-sender.js';
import { classify } from '../calls/errors.js';

/** The region of a topic is the fourth part of its ARN. */
const regionOf = (topic: string): string => topic.split(':')[3] ?? '';

/**
 * A notice may come twice: topics that are no queues know no repeats. Source: SNS API, Publish. What AWS says of a failure is
 * told by its code alone.
 */
export function openNotices(clientIn: (region: string) => SNSClient): NoticeSender {
  const clients = new Map<string, SNSClient>();
  const clientOf = (region: string): SNSClient => {
    const client = clients.get(region) ?? clientIn(region);
    clients.set(region, client);
    return client;
  };
  return {
    async publish(topic, { subject, text }, abortSignal) {
      const command = new PublishCommand({ TopicArn: topic, Subject: subject, Message: text });
      try {
        const { $metadata } = await clientOf(regionOf(topic)).send(command, { abortSignal });
        return { status: $metadata.httpStatusCode ?? 200 };
      } catch (error) {
        return { error: `AWS did not take the notice (${classify(error).code}).` };
      }
    },
  };
}
