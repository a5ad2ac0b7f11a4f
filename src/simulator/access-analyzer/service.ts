/** The simulated IAM Access Analyzer, as far as analyzers themselves go; it finds nothing. */
import type { Service } from '../engine/core.js';
import { restJsonWire } from '../protocol/rest-json.js';
import { analyzerOperations } from './analyzers.js';

/** Source: IAM Access Analyzer API, 2019-11-01. */
export const accessAnalyzer: Service = {
  name: 'access-analyzer',
  wire: restJsonWire({
    'PUT /analyzer': 'CreateAnalyzer',
    'GET /analyzer': 'ListAnalyzers',
    'GET /analyzer/{analyzerName}': 'GetAnalyzer',
    'DELETE /analyzer/{analyzerName}': 'DeleteAnalyzer',
  }),
  inputs: {
    CreateAnalyzer: ['analyzerName', 'type', 'clientToken'],
    ListAnalyzers: ['type', 'nextToken', 'maxResults'],
    GetAnalyzer: ['analyzerName'],
    DeleteAnalyzer: ['analyzerName', 'clientToken'],
  },
  operations: analyzerOperations,
};
