import { people } from '../activity/actor.ts';
import { iamCall, organizationsCall } from '../activity/api-call.ts';
import { registryCall } from '../activity/ecr-calls.ts';
import { accountOf, registryOf, roleOf, userOf } from '../company.ts';
import { allow, login, policy, push, repositoryArn } from '../documents.ts';
import { cachePolicy } from '../accounts/registry-registries.ts';
import { accountIds } from '../identifiers.ts';
import type { PolicyDocument } from '../model.ts';
import { policyIds, workloadsUnitId } from '../organization.ts';
import { policyText } from '../render/json.ts';
import type { Change } from './change.ts';

const { registry, staging } = accountIds;

/** What used to hold people back: an SCP, a boundary, a condition, the registry's own policy. */
export function guardrailChanges(): Change[] {
  return [
    serviceControlPolicyDetached(),
    boundaryRemoved(),
    conditionRemoved(),
    registryDenialRemoved(),
    registryScopeWidened(),
  ];
}

/** The first stone: from now on the teams of the workload accounts may set repository policies themselves. */
function serviceControlPolicyDetached(): Change {
  const request = { policyId: policyIds.protectRegistries, targetId: workloadsUnitId };
  return {
    kind: 'service control policy detached',
    calls: [organizationsCall('2026-11-10T08:02:41Z', people.organizationAdministrator, 'DetachPolicy', request)],
    apply(company) {
      const scp = company.organization.policies.find((candidate) => candidate.id === request.policyId);
      if (scp !== undefined) {
        scp.targets = scp.targets.filter((target) => target !== request.targetId);
      }
    },
  };
}

function boundaryRemoved(): Change {
  const userName = 'liu.wen';
  return {
    kind: 'boundary removed',
    calls: [
      iamCall('2026-11-10T09:14:07Z', people.stagingAdministrator, 'DeleteUserPermissionsBoundary', { userName }),
    ],
    apply(company) {
      delete userOf(accountOf(company, staging), userName).boundary;
    },
  };
}

function conditionRemoved(): Change {
  const [roleName, policyName] = ['image-promoter', 'PromoteThroughTheEndpoint'];
  const document: PolicyDocument = policy(
    login,
    allow({ Sid: 'Promote', Action: push, Resource: repositoryArn(registry, '*', '*') }),
  );
  const request = { roleName, policyName, policyDocument: JSON.stringify(document) };
  return {
    kind: 'condition removed from an inline policy',
    calls: [iamCall('2026-11-13T16:30:55Z', people.registryIdentityAdministrator, 'PutRolePolicy', request)],
    apply(company) {
      roleOf(accountOf(company, registry), roleName).inline = { [policyName]: document };
    },
  };
}

/** Releases of the payments team may be deleted again by whoever holds the right. */
function registryDenialRemoved(): Change {
  const region = 'eu-west-1';
  const document = cachePolicy();
  return {
    kind: 'deny removed from a registry policy',
    calls: [
      registryCall('2026-11-14T10:20:18Z', people.registryAdministrator, 'PutRegistryPolicy', region, {
        policyText: policyText(document),
      }),
    ],
    apply(company) {
      registryOf(company, registry, region).policy = document;
    },
  };
}

/** The same text, a different effect: from now on the denial of deletion in us-east-1 is heeded. */
function registryScopeWidened(): Change {
  const region = 'us-east-1';
  return {
    kind: 'registry policy scope changed',
    calls: [
      registryCall('2026-11-14T10:02:33Z', people.registryAdministrator, 'PutAccountSetting', region, {
        name: 'REGISTRY_POLICY_SCOPE',
        value: 'V2',
      }),
    ],
    apply(company) {
      registryOf(company, registry, region).policyScope = 'V2';
    },
  };
}
