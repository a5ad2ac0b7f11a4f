/** docs/simulator.md lists exactly the operations that the simulator knows. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { aws } from '../../src/simulator/services.js';

const titles: Readonly<Record<string, string>> = {
  organizations: 'Organizations | JSON 1.1',
  sts: 'STS | Query/XML',
  iam: 'IAM | Query/XML',
  s3: 'S3 | REST/XML',
  cloudtrail: 'CloudTrail | JSON 1.1',
  config: 'Config | JSON 1.1',
  's3-control': 'S3 Control | REST/XML',
  ec2: 'EC2 | Query/XML of EC2',
  'access-analyzer': 'Access Analyzer | REST/JSON',
  account: 'Account Management | REST/JSON',
  secretsmanager: 'Secrets Manager | JSON 1.1',
  servicequotas: 'Service Quotas | JSON 1.1',
  sns: 'SNS | Query/XML',
};

test('the table of operations is that of the code', () => {
  const text = readFileSync(new URL('../../docs/simulator.md', import.meta.url), 'utf8');
  const [, listed] = /<!-- operations -->\n([\s\S]*)<!-- \/operations -->/.exec(text) ?? [];
  const known = aws.services.map(
    ({ name, operations }) => `| ${titles[name]} | ${Object.keys(operations).sort().join(', ')} |\n`,
  );
  expect(listed).toBe(`| Service | Protocol | Operations |\n|---|---|---|\n${known.join('')}`);
});
