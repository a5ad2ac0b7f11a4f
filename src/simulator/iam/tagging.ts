/** Tags of roles and users. */
import type { Operations } from '../engine/core.js';
import type { Tag } from '../world/tags.js';
import { existing, keep, visible } from './entities.js';
import { limitExceeded } from './errors.js';
import { tags, text, texts } from './input.js';
import { page } from './pages.js';

/** The most tags of one entity. Source: IAM API, TagRole. */
const most = 50;

/** TagRole, UntagRole, ListRoleTags, or the same of users. Source: IAM API. */
export function taggingOperations(kind: 'role' | 'user', title: 'Role' | 'User'): Operations {
  const member = `${title}Name`;
  return {
    [`Tag${title}`](call) {
      const entity = existing(call, kind, text(call, member));
      const added = tags(call);
      const merged = [
        ...without(
          entity.tags,
          added.map(({ Key }) => Key),
        ),
        ...added,
      ];
      if (merged.length > most) throw limitExceeded(`The number of tags has reached the maximum limit: ${most}`);
      keep(call, kind, text(call, member), { ...entity, tags: merged });
      return {};
    },
    [`Untag${title}`](call) {
      const entity = existing(call, kind, text(call, member));
      const left = without(entity.tags, texts(call, 'TagKeys'));
      keep(call, kind, text(call, member), { ...entity, tags: left });
      return {};
    },
    [`List${title}Tags`]: (call) => page(call, 'Tags', visible(call, kind, text(call, member)).tags),
  };
}

/** Keys are the same in whatever case. */
function without(all: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return all.filter(({ Key }) => !gone.has(Key.toLowerCase()));
}
