/** Whether accounts are vended where no guardrail is in force over them. */
import type { AwsSettings } from '../../infrastructure/aws/calls/settings.js';
import { Is } from '../decorators.js';
import { oneOf } from '../rules.js';
import { plainSection } from '../section.js';

type Guardrails = AwsSettings['guardrails'];

export const guardrails = plainSection<Guardrails>(Is(oneOf('required', 'report')), {
  otherwise: (): Guardrails => 'required',
});
