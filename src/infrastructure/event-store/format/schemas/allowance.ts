/** The stored shapes of what an organization has requested in a day. */
import { exactly, text } from './parts.js';

export const allowanceSchemas = {
  RequestCounted: exactly({ providerId: text }),
};
