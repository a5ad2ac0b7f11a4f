/** Topics: made once under a name, and published to. Nobody subscribes, so a message goes nowhere. */
import { violationText } from '../engine/constraints.js';
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

const { optionalText, text } = inputReader((breach) => invalid(violationText(breach)));

const invalid = (words: string): AwsError => new AwsError('InvalidParameter', 400, `Invalid parameter: ${words}`);

const kind = 'sns-topic';
const nameRule = /^[A-Za-z0-9_-]{1,256}$/;
const arnRule = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):([A-Za-z0-9_-]{1,256})$/;
/** Source: SNS API, Publish: the subject is ASCII, begins with a letter, a number or a mark, has no line breaks and at most 100 characters. */
const subjectRule = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;
const mostMessageBytes = 262_144;

/** Source: SNS API, CreateTopic and Publish, with their errors. */
export const topicOperations: Operations = {
  CreateTopic(call) {
    const name = text(call, 'Name');
    if (!nameRule.test(name)) throw invalid('Topic Name');
    call.documents.put(kind, call.account, `${call.region}/${name}`, { name });
    return { TopicArn: `arn:aws:sns:${call.region}:${call.account}:${name}` };
  },
  Publish(call) {
    requireTopic(call, text(call, 'TopicArn'));
    if (Buffer.byteLength(text(call, 'Message')) > mostMessageBytes) throw invalid('Message too long');
    const subject = optionalText(call, 'Subject');
    if (subject !== undefined && !subjectRule.test(subject)) throw invalid('Subject');
    return { MessageId: call.uniqueId(32) };
  },
};

/** A topic is reached in its own region alone. @throws InvalidParameter, NotFound */
function requireTopic(call: Call, arn: string): void {
  const [, region, account = '', name] = arnRule.exec(arn) ?? [];
  if (region !== call.region) throw invalid('TopicArn');
  if (call.documents.get(kind, account, `${region}/${name}`) !== undefined) return;
  throw new AwsError('NotFound', 404, 'Topic does not exist');
}
