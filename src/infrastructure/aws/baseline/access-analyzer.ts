/** The analyzer that finds what somebody outside the account can reach, one in a region. */
import {
  type AnalyzerSummary,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
  paginateListAnalyzers,
} from '@aws-sdk/client-accessanalyzer';
import type { Desired } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

type Analyzer = Desired<'access-analyzer'>;

/** A region has one analyzer of the account, so that one of the customer serves as well as ours. */
const type = 'ACCOUNT';

async function create({ clients, call }: Reach, { name: analyzerName, place }: Analyzer): Promise<void> {
  await clients.accessAnalyzer(place).send(new CreateAnalyzerCommand({ analyzerName, type }), call);
}

/** One that failed or was disabled does not come back by itself. Source: IAM Access Analyzer API, AnalyzerStatus. */
async function renew(reach: Reach, object: Analyzer): Promise<void> {
  const command = new DeleteAnalyzerCommand({ analyzerName: object.name });
  await unless(['ResourceNotFound'], reach.clients.accessAnalyzer(object.place).send(command, reach.call));
  await create(reach, object);
}

const works = ({ status }: AnalyzerSummary): boolean => status === 'ACTIVE' || status === 'CREATING';

/** Source: IAM Access Analyzer API, ListAnalyzers and CreateAnalyzer. */
export const accessAnalyzerAtAws: KindAtAws<'access-analyzer'> = {
  async observe({ clients, call }, object) {
    const found: AnalyzerSummary[] = [];
    const pages = paginateListAnalyzers({ client: clients.accessAnalyzer(object.place) }, { type }, call);
    for await (const page of pages) found.push(...(page.analyzers ?? []));
    const [analyzer] = found.toSorted((one, other) => Number(works(other)) - Number(works(one)));
    if (!analyzer) return observedAs(object, null);
    return { ...observedAs(object, { active: works(analyzer) }), name: analyzer.name ?? object.name };
  },
  create,
  complete: [],
  mend: { active: renew },
};
