/** What calls of Access Analyzer ask permission for. Source: Service Authorization Reference, IAM Access Analyzer. */
import { type Demands, each, member } from '../policies/demand.js';

export const accessAnalyzerDemands: Demands = each(
  ['CreateAnalyzer', 'GetAnalyzer', 'DeleteAnalyzer'],
  (call, operation) => {
    const name = member(call, 'analyzerName') ?? '';
    const resource = `arn:aws:access-analyzer:${call.region}:${call.account}:analyzer/${name}`;
    return [{ action: `access-analyzer:${operation}`, resource }];
  },
);
