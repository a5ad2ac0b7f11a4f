/** The trail, which is made in its home region, does not log until it is told to, and is changed only there. */
import {
  type Trail as AwsTrail,
  CreateTrailCommand,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailCommand,
  GetTrailStatusCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Desired } from '../../../domain/baseline/objects.js';
import { nameTaken } from '../calls/name-taken.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

type Trail = Desired<'trail'>;

const definitionOf = ({ name, members }: Trail) => ({
  Name: name,
  S3BucketName: members.bucket,
  IsMultiRegionTrail: members.multiRegion,
  IncludeGlobalServiceEvents: members.globalEvents,
  EnableLogFileValidation: members.logFileValidation,
});

export const trailAtAws: KindAtAws<'trail'> = {
  async observe({ clients, call, accountId }, object) {
    const cloudTrail = clients.cloudTrail(object.place);
    const answer = await unless(['TrailNotFound'], cloudTrail.send(new GetTrailCommand({ Name: object.name }), call));
    const trail = answer?.Trail;
    if (!trail) return observedAs(object, null);
    refuseForeign(trail, accountId, object.place);
    const [status, selectors] = await Promise.all([
      unless(['TrailNotFound'], cloudTrail.send(new GetTrailStatusCommand({ Name: object.name }), call)),
      unless(['TrailNotFound'], cloudTrail.send(new GetEventSelectorsCommand({ TrailName: object.name }), call)),
    ]);
    return observedAs(object, {
      // A key prefix writes to another place than the one the bucket's policy allows, so it makes another bucket of it.
      bucket: [trail.S3BucketName, trail.S3KeyPrefix].filter(Boolean).join('/'),
      multiRegion: trail.IsMultiRegionTrail ?? false,
      globalEvents: trail.IncludeGlobalServiceEvents ?? false,
      logFileValidation: trail.LogFileValidationEnabled ?? false,
      allManagementEvents: recordsAll(selectors),
      logging: status?.IsLogging ?? false,
    });
  },

  /** Source: CloudTrail API, CreateTrail: it does not start logging. */
  async create({ clients, call }, object) {
    const command = new CreateTrailCommand(definitionOf(object));
    await unless(['TrailAlreadyExists'], clients.cloudTrail(object.place).send(command, call));
  },

  complete: [startLogging],

  mend: {
    bucket: writeTo,
    multiRegion: update,
    globalEvents: update,
    logFileValidation: update,
    allManagementEvents: recordAll,
    logging: startLogging,
  },
};

/** A trail shows in every region, and one of the organization in every account: only its own may change it. */
function refuseForeign({ Name, HomeRegion, TrailARN }: AwsTrail, accountId: string, region: string): void {
  const owner = TrailARN?.split(':')[4];
  const by = HomeRegion !== undefined && HomeRegion !== region ? `has its home in ${HomeRegion}` : undefined;
  const foreign = owner !== undefined && owner !== accountId ? `belongs to account ${owner}` : by;
  if (foreign) throw nameTaken(`A trail with the name ${Name} ${foreign}`, 'GetTrail', { Name });
}

async function writeTo({ clients, call }: Reach, { name, place, members }: Trail): Promise<void> {
  const command = new UpdateTrailCommand({ Name: name, S3BucketName: members.bucket, S3KeyPrefix: '' });
  await clients.cloudTrail(place).send(command, call);
}

async function update({ clients, call }: Reach, trail: Trail): Promise<void> {
  await clients.cloudTrail(trail.place).send(new UpdateTrailCommand(definitionOf(trail)), call);
}

async function startLogging({ clients, call }: Reach, trail: Trail): Promise<void> {
  await clients.cloudTrail(trail.place).send(new StartLoggingCommand({ Name: trail.name }), call);
}

/**
 * The selectors a new trail has; they replace advanced ones, if there are any. Source: CloudTrail API,
 * PutEventSelectors.
 */
async function recordAll({ clients, call }: Reach, { name, place }: Trail): Promise<void> {
  const EventSelectors = [{ ReadWriteType: 'All' as const, IncludeManagementEvents: true, DataResources: [] }];
  await clients.cloudTrail(place).send(new PutEventSelectorsCommand({ TrailName: name, EventSelectors }), call);
}

/**
 * One selector must take all management events; an advanced one does so when it names the category and nothing
 * else.
 */
function recordsAll(selectors: GetEventSelectorsCommandOutput | undefined): boolean {
  const basic = selectors?.EventSelectors?.some(
    (each) =>
      each.ReadWriteType === 'All' && each.IncludeManagementEvents && !each.ExcludeManagementEventSources?.length,
  );
  const advanced = selectors?.AdvancedEventSelectors?.some(
    ({ FieldSelectors: fields }) => fields?.length === 1 && fields[0]?.Equals?.includes('Management'),
  );
  return basic || advanced || false;
}
