/** The settings under which benchmarks run: those of `config/partner-cloud.yaml`, which fit the simulator. */
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../src/config/config.js';
import { applicationSettings, awsSettings } from '../src/config/settings-of.js';
import { openTerms } from '../src/infrastructure/terms/terms-folder.js';

const file = fileURLToPath(new URL('../config/partner-cloud.yaml', import.meta.url));
const config = loadConfig({ PARTNER_CLOUD_CONFIG: file });

export const settings = applicationSettings(config);
export const aws = awsSettings(config);
export const terms = openTerms(config.terms.folder, ['US']);
