/** How many live connections are open, of all tenants together. */
import { family, only } from '../family.js';

export const liveConnectionsFamily = (open: () => number) =>
  family({ partner_cloud_http_live_connections: { help: 'Live connections that are open.' } }, () => ({
    partner_cloud_http_live_connections: only(open()),
  }));
