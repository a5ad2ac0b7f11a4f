/** Whether accounts are handed over in which AWS itself allows what must be denied. */
import type { AwsSettings } from '../../infrastructure/aws/calls/settings.js';
import { Is } from '../decorators.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

type LiveProof = AwsSettings['liveProof'];

export const liveProof = plainSection<LiveProof>(Is(oneOf('required', 'report')), {
  otherwise: (): LiveProof => 'required',
});
