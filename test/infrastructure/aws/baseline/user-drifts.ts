/** What people do to the user that was handed over, and what the baseline says when it puts it right. */
import {
  AttachUserPolicyCommand,
  DeleteUserCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import type { Drift, Row } from './baseline-drifts.js';

const UserName = 'administrator';
const everything = 'arn:aws:iam::aws:policy/AdministratorAccess';
const anything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Takes the user out of the group that binds it. */
const leave: Drift = ({ clients }) =>
  clients.iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: 'CTLAdministrators' }));

export const userDrifts: readonly Row[] = [
  [
    'a handed-over user with policies of its own and under a boundary',
    'AccessModel',
    async ({ clients: { iam } }) => {
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: everything }));
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'door', PolicyDocument: anything }));
      await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: everything }));
    },
    [
      `handed over user administrator: policies -${everything}`,
      'handed over user administrator: inline policies -door',
      `handed over user administrator: permissions boundary from "${everything}" to null`,
    ],
  ],
  [
    'a handed-over user that is in the bound group no more',
    'AccessModel',
    leave,
    ['create group membership CTLAdministrators'],
  ],
  [
    'a handed-over user that was deleted',
    'AccessModel',
    async (drifted) => {
      await leave(drifted);
      await drifted.clients.iam.send(new DeleteUserCommand({ UserName }));
    },
    ['create handed over user administrator', 'create group membership CTLAdministrators'],
  ],
];
