/** The wire protocols, held against what the real SDK clients send and understand. */
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateRoleCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AwsError, type Wire, type WireRequest, type WireResponse } from '../../../src/simulator/engine/core.js';
import type { SdkRequest } from '../../../src/simulator/engine/request-handler.js';
import { jsonWire } from '../../../src/simulator/protocol/json.js';
import { queryWire } from '../../../src/simulator/protocol/query-xml.js';
import { escapeXml, xmlElement } from '../../../src/simulator/protocol/xml.js';

const iamWire = queryWire({ version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' });
const trailWire = jsonWire('CloudTrail_20131101');
const requestId = '6f1c2f0e-0000-4000-8000-000000000001';

/** SDK clients whose requests the wire decodes and whose answers it makes. */
function clients(wire: Wire, answer: (operation: string) => WireResponse) {
  const decoded: NonNullable<ReturnType<Wire['decode']>>[] = [];
  const requestHandler = {
    async handle(request: SdkRequest) {
      const asked = wire.decode(wireRequest(request));
      if (asked === undefined) throw new Error('The wire found no operation.');
      decoded.push(asked);
      const { status, headers, body } = answer(asked.operation);
      return { response: { statusCode: status, headers: { ...headers }, body: Buffer.from(body) } };
    },
  };
  const settings = {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler,
  };
  return { decoded, iam: new IAMClient(settings), trail: new CloudTrailClient(settings) };
}

function wireRequest({ method, path, headers, body }: SdkRequest): WireRequest {
  const bytes = ArrayBuffer.isView(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : undefined;
  return { method, path, query: {}, headers, body: bytes ?? Buffer.from(String(body ?? '')) };
}

const formRequest = (body: string): WireRequest => ({
  method: 'POST',
  path: '/',
  query: {},
  headers: {},
  body: Buffer.from(body),
});

test('Query: a result without members is there where the model has one, and only there', () => {
  const wire = queryWire({ version: '1', namespace: 'n', emptyResults: ['UpdateRole'] });
  expect(wire.encode('UpdateRole', {}, requestId).body).toContain(
    '<UpdateRoleResponse xmlns="n"><UpdateRoleResult></UpdateRoleResult>',
  );
  expect(wire.encode('TagRole', {}, requestId).body).not.toContain('Result');
});

test('Query: reads lists, structures and text as the SDK writes them', async () => {
  const { decoded, iam } = clients(iamWire, (operation) => iamWire.encode(operation, {}, requestId));
  const Tags = [
    { Key: 'owner', Value: 'a & b = ü / %' },
    { Key: 'stage', Value: '' },
  ];
  await iam.send(
    new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{"a":"b c"}', MaxSessionDuration: 3600, Tags }),
  );
  expect(decoded).toEqual([
    {
      operation: 'CreateRole',
      input: { RoleName: 'r', AssumeRolePolicyDocument: '{"a":"b c"}', MaxSessionDuration: '3600', Tags },
    },
  ]);
});

test('Query: keeps the order of more than nine list entries', async () => {
  const { decoded, iam } = clients(iamWire, (operation) => iamWire.encode(operation, {}, requestId));
  const Tags = Array.from({ length: 12 }, (_, n) => ({ Key: `k${n}`, Value: `v${n}` }));
  await iam.send(new TagRoleCommand({ RoleName: 'r', Tags }));
  expect(decoded[0]?.input.Tags).toEqual(Tags);
});

test('Query: the SDK reads back every kind of output member', async () => {
  const CreateDate = new Date('2026-11-24T10:20:30.000Z');
  const role = { RoleName: 'r', RoleId: 'AROA1', Arn: 'arn', Path: '/', CreateDate, Description: '<&>"\' ü', Tags: [] };
  const { iam } = clients(iamWire, (operation) =>
    iamWire.encode(
      operation,
      operation === 'GetRole' ? { Role: role } : { Roles: [role, role], IsTruncated: false },
      requestId,
    ),
  );
  expect((await iam.send(new GetRoleCommand({ RoleName: 'r' }))).Role).toEqual(role);
  const { Roles, IsTruncated, Marker, $metadata } = await iam.send(new ListRolesCommand({}));
  expect({ Roles, IsTruncated, Marker }).toEqual({ Roles: [role, role], IsTruncated: false, Marker: undefined });
  expect($metadata.requestId).toBe(requestId);
});

test('Query: a Map is a map and an empty list a list', async () => {
  const { iam } = clients(iamWire, (operation) =>
    iamWire.encode(
      operation,
      operation === 'ListRoles'
        ? { Roles: [] }
        : {
            SummaryMap: new Map([
              ['Users', 3],
              ['MFADevices', 0],
            ]),
          },
      requestId,
    ),
  );
  expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap).toEqual({ Users: 3, MFADevices: 0 });
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
});

test('Query: an error keeps code, message, status and request id on its way through the SDK', async () => {
  const { iam } = clients(iamWire, () => iamWire.fail(new AwsError('NoSuchEntity', 404, 'No role <r>.'), requestId));
  await expect(iam.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'No role <r>.',
    Code: 'NoSuchEntity',
    Type: 'Sender',
    $metadata: { httpStatusCode: 404, requestId },
  });
});

test('Query: without an action there is no operation; an action of another version is invalid', () => {
  expect(iamWire.decode(formRequest('Version=2010-05-08'))).toBeUndefined();
  expect(() => iamWire.decode(formRequest('Action=GetRole&Version=2011-06-15'))).toThrow(
    'Could not find operation GetRole for version 2011-06-15',
  );
  expect(iamWire.decode(formRequest('Action=GetRole'))).toEqual({ operation: 'GetRole', input: {} });
});

test('Query: names like those of JavaScript itself are names like others', () => {
  const asked = iamWire.decode(formRequest('Action=X&__proto__.polluted=yes&constructor=c'));
  expect(Object.keys(asked?.input ?? {})).toEqual(['__proto__', 'constructor']);
  expect({}).not.toHaveProperty('polluted');
});

test('JSON: dates are epoch seconds, and undefined members are left out', async () => {
  const StartLoggingTime = new Date(1_700_000_000_250);
  const { decoded, trail } = clients(trailWire, (operation) =>
    trailWire.encode(operation, { IsLogging: true, StartLoggingTime, LatestDeliveryError: undefined }, requestId),
  );
  const status = await trail.send(new GetTrailStatusCommand({ Name: 'audit' }));
  expect(decoded).toEqual([{ operation: 'GetTrailStatus', input: { Name: 'audit' } }]);
  expect(status).toMatchObject({ IsLogging: true, StartLoggingTime, $metadata: { requestId } });
  expect(trailWire.encode('X', { at: StartLoggingTime, none: undefined }, requestId).body).toBe('{"at":1700000000.25}');
});

test('JSON: an error keeps code, message, further members, status and request id on its way through the SDK', async () => {
  const refusal = new AwsError('TrailNotFoundException', 404, 'No such trail.');
  const { trail } = clients(trailWire, () => trailWire.fail(refusal, requestId));
  await expect(trail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: 'TrailNotFoundException',
    message: 'No such trail.',
    $metadata: { httpStatusCode: 404, requestId },
  });
  const answer = jsonWire('P').fail(
    new AwsError('InvalidInputException', 400, 'No.', { Reason: 'MIN_LENGTH' }),
    requestId,
  );
  expect(JSON.parse(answer.body)).toEqual({ __type: 'InvalidInputException', message: 'No.', Reason: 'MIN_LENGTH' });
});

test('JSON: another target is no operation, and a body that is no object is refused', () => {
  const request = (target: string, body: string) => ({ ...formRequest(body), headers: { 'x-amz-target': target } });
  const wire = jsonWire('P', 'Q');
  expect(wire.decode(request('Q.Act', ''))).toEqual({ operation: 'Act', input: {} });
  expect(wire.decode(request('R.Act', '{}'))).toBeUndefined();
  expect(wire.decode(request('P.', '{}'))).toBeUndefined();
  expect(() => wire.decode(request('P.Act', '{'))).toThrow('The request body is not valid JSON.');
  expect(() => wire.decode(request('P.Act', '[]'))).toThrow('The request body must be a JSON object.');
});

test('XML: any text comes back from the SDK as it was, but for what XML cannot carry', async () => {
  let text = '';
  const { iam } = clients(iamWire, (operation) =>
    iamWire.encode(operation, { Role: { RoleName: 'r', Description: text } }, requestId),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.constantFrom('a', ' ', '&', '<', '>', '"', "'", ';', '\n', 'ü', '🦜', ']]>'),
        minLength: 1,
      }),
      async (any) => {
        text = `.${any}.`;
        expect((await iam.send(new GetRoleCommand({ RoleName: 'r' }))).Role?.Description).toBe(text);
      },
    ),
    { numRuns: 60 },
  );
  expect(escapeXml('a\u0000b\uD800c')).toBe('a\uFFFDb\uFFFDc');
});

test('XML: nothing is written for what is not there, and lists take the name they are given', () => {
  expect(xmlElement('A', undefined)).toBe('');
  expect(xmlElement('A', { B: null, C: '' })).toBe('<A><C></C></A>');
  expect(xmlElement('Buckets', [{ Name: 'x' }], 'Bucket')).toBe('<Buckets><Bucket><Name>x</Name></Bucket></Buckets>');
});
