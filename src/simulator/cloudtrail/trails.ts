/** Trails: made where their bucket lets CloudTrail write, and seen from every region when they cover them all. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { checkBucket, checkName } from './checks.js';
import {
  arnOf,
  changeable,
  existing,
  putTrail,
  removeTrail,
  type TrailDocument,
  trailNamed,
  trailsSeen,
} from './documents.js';
import { list, optionalFlag, optionalText, text, texts } from './input.js';
import { tagsIn } from './tags.js';

/** Source: CloudTrail User Guide, Quotas. */
const trailsPerRegion = 5;

/** Source: CloudTrail API, CreateTrail, UpdateTrail, GetTrail, DescribeTrails, ListTrails, DeleteTrail. */
export const trailOperations: Operations = {
  CreateTrail(call) {
    const name = text(call, 'Name');
    checkName(name);
    const arn = arnOf(call, name);
    if (trailNamed(call, arn)) {
      throw new AwsError(
        'TrailAlreadyExistsException',
        400,
        `Trail ${name} already exists for customer: ${call.account}`,
      );
    }
    if (trailsSeen(call).length >= trailsPerRegion) {
      const words = `User: ${call.account} already has ${trailsPerRegion} trails in ${call.region}.`;
      throw new AwsError('MaximumNumberOfTrailsExceededException', 400, words);
    }
    const blank = { name, arn, homeRegion: call.region, isLogging: false, startedAt: null, stoppedAt: null };
    // CloudTrail makes weak trails unless it is told otherwise: one region, no validation. Source: CreateTrail.
    const weak = { multiRegion: false, globalEvents: true, logFileValidation: false, recursiveLogging: true };
    const tags = tagsIn(list(call, 'TagsList'));
    const trail = asked(call, {
      ...blank,
      ...weak,
      bucket: text(call, 'S3BucketName'),
      prefix: null,
      selectors: null,
      tags,
    });
    putTrail(call, trail);
    return inAnswer(trail);
  },
  UpdateTrail(call) {
    const trail = asked(call, changeable(call, text(call, 'Name')));
    putTrail(call, trail);
    return inAnswer(trail);
  },
  GetTrail: (call) => ({ Trail: described(existing(call, text(call, 'Name'))) }),
  DescribeTrails(call) {
    const wanted = texts(call, 'trailNameList');
    const withShadows = optionalFlag(call, 'includeShadowTrails') ?? true;
    // By name only trails of this region are found; those of another need their ARN. Source: DescribeTrails.
    const seen = trailsSeen(call).filter(({ name, arn, homeRegion }) => {
      if (wanted.length === 0) return withShadows || homeRegion === call.region;
      return wanted.includes(arn) || (homeRegion === call.region && wanted.includes(name));
    });
    return { trailList: seen.map(described) };
  },
  ListTrails: (call) => ({
    Trails: trailsSeen(call).map(({ arn, name, homeRegion }) => ({
      TrailARN: arn,
      Name: name,
      HomeRegion: homeRegion,
    })),
  }),
  DeleteTrail(call) {
    removeTrail(call, changeable(call, text(call, 'Name')));
    return {};
  },
};

/** The trail with what the call asks for, checked against its bucket. */
function asked(call: Call, before: TrailDocument): TrailDocument {
  const prefix = optionalText(call, 'S3KeyPrefix');
  const trail: TrailDocument = {
    ...before,
    bucket: optionalText(call, 'S3BucketName') ?? before.bucket,
    prefix: prefix === undefined ? before.prefix : prefix || null,
    multiRegion: optionalFlag(call, 'IsMultiRegionTrail') ?? before.multiRegion,
    globalEvents: optionalFlag(call, 'IncludeGlobalServiceEvents') ?? before.globalEvents,
    logFileValidation: optionalFlag(call, 'EnableLogFileValidation') ?? before.logFileValidation,
    recursiveLogging: optionalFlag(call, 'RecursiveLogging') ?? before.recursiveLogging,
  };
  if (trail.multiRegion && !trail.globalEvents) {
    const words = 'Multi-Region trail must include global service events.';
    throw new AwsError('InvalidParameterCombinationException', 400, words);
  }
  checkBucket(call, trail);
  return trail;
}

/** A trail as CreateTrail and UpdateTrail answer it. Source: CloudTrail API, CreateTrail, Response Elements. */
const inAnswer = (trail: TrailDocument) => ({
  Name: trail.name,
  S3BucketName: trail.bucket,
  S3KeyPrefix: trail.prefix ?? undefined,
  IncludeGlobalServiceEvents: trail.globalEvents,
  IsMultiRegionTrail: trail.multiRegion,
  TrailARN: trail.arn,
  LogFileValidationEnabled: trail.logFileValidation,
  IsOrganizationTrail: false,
  RecursiveLogging: trail.recursiveLogging,
});

/** A trail in AWS's shape. Source: CloudTrail API, Trail. */
const described = (trail: TrailDocument) => ({
  ...inAnswer(trail),
  HomeRegion: trail.homeRegion,
  HasCustomEventSelectors: trail.selectors !== null,
  HasInsightSelectors: false,
});
