/** Tags of trails. */
import { AwsError, type Operations } from '../engine/core.js';
import type { Tag } from '../world/tags.js';
import { changeable, existing, putTrail } from './documents.js';
import { list, text, texts } from './input.js';

/** Source: CloudTrail API, AddTags, RemoveTags, ListTags; at most 50 tags. */
export const tagOperations: Operations = {
  AddTags(call) {
    const trail = changeable(call, text(call, 'ResourceId'));
    const added = tagsIn(list(call, 'TagsList'));
    const kept = trail.tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key));
    const tags = [...kept, ...added];
    if (tags.length > 50) throw new AwsError('TagsLimitExceededException', 400, 'A trail can have up to 50 tags.');
    putTrail(call, { ...trail, tags });
    return {};
  },
  RemoveTags(call) {
    const trail = changeable(call, text(call, 'ResourceId'));
    const gone = tagsIn(list(call, 'TagsList')).map(({ Key }) => Key);
    putTrail(call, { ...trail, tags: trail.tags.filter(({ Key }) => !gone.includes(Key)) });
    return {};
  },
  ListTags(call) {
    const trails = texts(call, 'ResourceIdList').map((arn) => existing(call, arn));
    return { ResourceTagList: trails.map(({ arn, tags }) => ({ ResourceId: arn, TagsList: tags })) };
  },
};

/** Tags as they were sent; a tag without a value has an empty one. @throws InvalidTagParameterException */
export function tagsIn(sent: readonly unknown[]): readonly Tag[] {
  return sent.map((tag) => {
    const { Key, Value }: { Key?: unknown; Value?: unknown } = Object(tag);
    if (typeof Key !== 'string' || Key === '') {
      throw new AwsError('InvalidTagParameterException', 400, 'Key: a tag needs a key of 1 to 128 characters.');
    }
    return { Key, Value: typeof Value === 'string' ? Value : '' };
  });
}
