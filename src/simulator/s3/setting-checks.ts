/** What the documents of a bucket's settings must contain. Source: S3 API, the operations that put them. */
import { AwsError } from '../engine/core.js';
import { malformedXml } from './errors.js';
import { childrenIn, textIn, type XmlTree } from './xml-reader.js';

const oneOf = (value: string | undefined, allowed: readonly string[]): boolean =>
  value !== undefined && allowed.includes(value);

function require(condition: boolean): void {
  if (!condition) throw malformedXml();
}

/** The four switches. Source: S3 API, PublicAccessBlockConfiguration. */
export const blocks = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

/** A switch that is left out is off. @throws MalformedXML */
export function publicAccessBlock(sent: XmlTree): XmlTree {
  for (const name of blocks) require(oneOf(textIn(sent, name) ?? 'false', ['true', 'false']));
  return Object.fromEntries(blocks.map((name) => [name, textIn(sent, name) ?? 'false']));
}

/** One rule with a default algorithm. @throws MalformedXML */
export function encryption(sent: XmlTree): XmlTree {
  const rules = childrenIn(sent, 'Rule');
  const byDefault = rules.flatMap((rule) => childrenIn(rule, 'ApplyServerSideEncryptionByDefault'));
  require(rules.length === 1 && byDefault.length === 1);
  // The key's id is not checked. Source: S3 API, PutBucketEncryption.
  for (const each of byDefault) require(oneOf(textIn(each, 'SSEAlgorithm'), ['AES256', 'aws:kms', 'aws:kms:dsse']));
  return sent;
}

/** On or suspended; never off again. @throws IllegalVersioningConfigurationException */
export function versioning(sent: XmlTree): XmlTree {
  if (oneOf(textIn(sent, 'Status'), ['Enabled', 'Suspended'])) return sent;
  const words = 'The Versioning element must be specified: Status is Enabled or Suspended';
  throw new AwsError('IllegalVersioningConfigurationException', 400, words);
}

/** One rule. @throws MalformedXML */
export function ownership(sent: XmlTree): XmlTree {
  const rules = childrenIn(sent, 'Rule');
  require(rules.length === 1);
  for (const rule of rules) {
    require(oneOf(textIn(rule, 'ObjectOwnership'), ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']));
  }
  return sent;
}

/** Rules with a status each; what they do is kept as sent. @throws MalformedXML */
export function lifecycle(sent: XmlTree): XmlTree {
  const rules = childrenIn(sent, 'Rule');
  require(rules.length > 0 && rules.length <= 1000);
  for (const rule of rules) require(oneOf(textIn(rule, 'Status'), ['Enabled', 'Disabled']));
  return sent;
}

/** Fifty tags at most, of different keys. @throws MalformedXML, InvalidTag */
export function tagging(sent: XmlTree): XmlTree {
  const keys = childrenIn(sent, 'TagSet').flatMap((set) => childrenIn(set, 'Tag').map((tag) => textIn(tag, 'Key')));
  require(keys.every((key) => key !== undefined && key !== '' && key.length <= 128));
  if (new Set(keys).size === keys.length && keys.length <= 50) return sent;
  throw new AwsError('InvalidTag', 400, 'Cannot provide multiple Tags with the same key, nor more than 50 tags');
}
