/** Deleting a service-linked role: a task, which fails for as long as the service uses the role. */
import type { Call, Operations } from '../engine/core.js';
import { kinds, type RoleDocument } from './documents.js';
import { existing } from './entities.js';
import { invalidInput, noSuchEntity } from './errors.js';
import { text } from './input.js';

/** Under its task id. */
const kind = 'iam-role-deletion';

/** What becomes of a deletion; `usedIn` are the regions in which the role is in use. */
interface DeletionDocument {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly roleArn: string;
  readonly usedIn: readonly string[];
}

/** Of the services whose roles are made here, AWS Config alone refuses. Source: AWS Config guide, Using service-linked roles. */
const usesOf = ({ documents, account }: Call, arn: string): readonly string[] =>
  documents
    .list<{ readonly arn: string; readonly roleArn: string }>('config-recorder', account)
    .filter(({ roleArn }) => roleArn === arn)
    .map((recorder) => recorder.arn);

/** Source: IAM API, DeleteServiceLinkedRole and GetServiceLinkedRoleDeletionStatus. */
export const serviceLinkedRoleDeletions: Operations = {
  DeleteServiceLinkedRole(call) {
    const role: RoleDocument = existing(call, 'role', text(call, 'RoleName'));
    const { roleName, path, arn: roleArn } = role;
    if (!path.startsWith('/aws-service-role/')) throw invalidInput(`${roleName} is not a service-linked role.`);
    const usedIn = usesOf(call, roleArn);
    const DeletionTaskId = `task${path}${roleName}/${call.uniqueId(32)}`;
    const deletion: DeletionDocument = { status: usedIn.length > 0 ? 'FAILED' : 'SUCCEEDED', roleArn, usedIn };
    call.documents.put(kind, call.account, DeletionTaskId, deletion);
    if (usedIn.length === 0) call.documents.remove(kinds.role, call.account, roleName);
    return { DeletionTaskId };
  },
  GetServiceLinkedRoleDeletionStatus(call) {
    const task = text(call, 'DeletionTaskId');
    const deletion = call.documents.get<DeletionDocument>(kind, call.account, task);
    if (!deletion) throw noSuchEntity(`The deletion task ${task} cannot be found.`);
    const { status: Status, usedIn } = deletion;
    if (Status === 'SUCCEEDED') return { Status };
    const RoleUsageList = usedIn.map((arn) => ({ Region: arn.split(':')[3], Resources: [arn] }));
    return { Status, Reason: { Reason: 'The role is in use by the service.', RoleUsageList } };
  },
};
