/** What a hardened account is, whole: for each step of the baseline its objects in order of application. */
import { afterCredentials, type BaselineStep } from '../provider/steps.js';
import { accessModel } from './access-model.js';
import { alternateContacts, publicAccessBlock } from './account-settings.js';
import { auditTrail } from './audit-trail.js';
import { configRecorder } from './config-recorder.js';
import { defaultRole } from './default-role.js';
import type { DesiredObject } from './objects.js';
import { passwordPolicy } from './password-policy.js';
import { optInRegions, regionDefaults, regionRecorders } from './region-defaults.js';
import { automationRole } from './roles.js';
import type { BaselineSettings } from './settings.js';

const objectsOf: Readonly<Record<BaselineStep, (settings: BaselineSettings) => readonly DesiredObject[]>> = {
  AutomationAccess: (settings) => [automationRole(settings)],
  PasswordPolicy: () => [passwordPolicy()],
  AccessModel: accessModel,
  AuditTrail: auditTrail,
  ConfigRecorder: configRecorder,
  PublicAccessBlock: () => [publicAccessBlock()],
  RegionDefaults: regionDefaults,
  RegionRecorders: regionRecorders,
  OptInRegions: optInRegions,
  AccountContacts: alternateContacts,
  DefaultRole: defaultRole,
};

/** The objects that a step makes true, each after those it needs. The same settings always give the same objects. */
export const desiredState = (step: BaselineStep, settings: BaselineSettings): readonly DesiredObject[] =>
  objectsOf[step](settings);

/** The steps after the credentials that have anything to do under these settings. */
export const stepsAfterCredentials = (settings: BaselineSettings): readonly BaselineStep[] =>
  afterCredentials.filter((step) => desiredState(step, settings).length > 0);
