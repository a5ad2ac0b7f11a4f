/** The stored shapes of an organization's events. */
import { exactly, organizationFacts } from './parts.js';

export const organizationSchemas = {
  OrganizationRegistered: exactly({ facts: organizationFacts }),
  OrganizationUpdated: exactly({ facts: organizationFacts }),
};
