/** The stored shapes of which refused requests of an organization are on record. */
import { count, exactly, text } from './parts.js';

export const refusalsSchemas = {
  RefusalNoted: exactly({ providerId: text, organizationRevision: count, territory: text, person: text }),
};
