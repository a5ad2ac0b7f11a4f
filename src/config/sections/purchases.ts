/** Whether customers may buy what binds the reseller for longer, such as Reserved Instances. */
import type { BaselineSettings } from '../../domain/baseline/settings.js';
import { Is } from '../decorators.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

type Purchases = NonNullable<BaselineSettings['purchases']>;

export const purchases = plainSection<Purchases>(Is(oneOf('withheld', 'allowed')), {
  otherwise: (): Purchases => 'withheld',
});
