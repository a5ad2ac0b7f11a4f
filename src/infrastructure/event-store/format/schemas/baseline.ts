/** The stored shape of a desired state. */
import { exactly, text } from './parts.js';

export const baselineSchemas = {
  BaselineDescribed: exactly({ baselineVersion: text, digest: text, content: text }),
};
