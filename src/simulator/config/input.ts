/** Reading the members of an AWS Config call, whose structures have names in camel case. */
import { violationText } from '../engine/constraints.js';
import { inputReader } from '../engine/input.js';
import { refusal } from './errors.js';

export type Members = Readonly<Record<string, unknown>>;

/** @throws ValidationException */
export const { optionalFlag, optionalText, structure, text, texts } = inputReader((breach) =>
  refusal('Validation', violationText(breach)),
);
