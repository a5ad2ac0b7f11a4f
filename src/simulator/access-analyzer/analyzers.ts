/** Analyzers of external access: one of an account in a region. */
import { violationText } from '../engine/constraints.js';
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { inputReader } from '../engine/input.js';

/** Kind `access-analyzer`, account, key: region and name. */
interface AnalyzerDocument {
  readonly name: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const kind = 'access-analyzer';
const keyOf = ({ region }: Call, name: string): string => `${region} ${name}`;

/** Source: IAM Access Analyzer quotas: analyzers with an account as their zone of trust. */
const mostOfARegion = 1;

/** @throws ValidationException */
const { optionalText, optionalWord, text } = inputReader(
  (breach) => new AwsError('ValidationException', 400, violationText(breach), { reason: 'fieldValidationFailed' }),
);

/** Source: IAM Access Analyzer API, Type. Only external access of the account is simulated. */
const types = ['ACCOUNT'] as const;

/** Source: IAM Access Analyzer API, CreateAnalyzer, ListAnalyzers, GetAnalyzer, DeleteAnalyzer. */
export const analyzerOperations: Operations = {
  CreateAnalyzer(call) {
    const name = text(call, 'analyzerName', { min: 1, max: 255, pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/ });
    if (optionalWord(call, 'type', types) === undefined)
      throw new AwsError('ValidationException', 400, 'type: Member must not be null');
    optionalText(call, 'clientToken');
    const others = analyzersOf(call);
    if (others.some((each) => each.name === name)) {
      const members = { resourceId: name, resourceType: 'ANALYZER' };
      throw new AwsError('ConflictException', 409, `An analyzer with the name ${name} exists.`, members);
    }
    if (others.length >= mostOfARegion)
      throw new AwsError(
        'ServiceQuotaExceededException',
        402,
        'You have reached the quota of analyzers in this region.',
      );
    const analyzer: AnalyzerDocument = { name, region: call.region, createdAt: call.now };
    call.documents.put(kind, call.account, keyOf(call, name), analyzer);
    return { arn: arnOf(call, name) };
  },
  ListAnalyzers(call) {
    optionalWord(call, 'type', types);
    return { analyzers: analyzersOf(call).map((analyzer) => described(call, analyzer)) };
  },
  GetAnalyzer: (call) => ({ analyzer: described(call, existing(call)) }),
  DeleteAnalyzer(call) {
    call.documents.remove(kind, call.account, keyOf(call, existing(call).name));
    return {};
  },
};

const analyzersOf = ({ documents, account, region }: Call): readonly AnalyzerDocument[] =>
  documents.list<AnalyzerDocument>(kind, account).filter((analyzer) => analyzer.region === region);

function existing(call: Call): AnalyzerDocument {
  const name = text(call, 'analyzerName');
  const found = call.documents.get<AnalyzerDocument>(kind, call.account, keyOf(call, name));
  if (found) return found;
  const members = { resourceId: name, resourceType: 'ANALYZER' };
  throw new AwsError('ResourceNotFoundException', 404, `No analyzer has the name ${name}.`, members);
}

const arnOf = ({ region, account }: Call, name: string): string =>
  `arn:aws:access-analyzer:${region}:${account}:analyzer/${name}`;

const described = (call: Call, { name, createdAt }: AnalyzerDocument) => ({
  arn: arnOf(call, name),
  name,
  type: 'ACCOUNT',
  createdAt: new Date(createdAt).toISOString(),
  status: 'ACTIVE',
});
