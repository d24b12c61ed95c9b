import { people, type Actor } from '../activity/actor.ts';
import { repositoryCall, type Target } from '../activity/ecr-calls.ts';
import { registryOf, repositoryOf } from '../company.ts';
import { allow, policy, pull, push, roleArn, rootArn } from '../documents.ts';
import { accountIds } from '../identifiers.ts';
import type { PolicyDocument } from '../model.ts';
import { policyText } from '../render/json.ts';
import type { Change } from './change.ts';

const { agency, customsBroker, registry, security, staging } = accountIds;

/** Repository policies that were saved anew, by people and at times that follow from what came before. */
export function repositoryPolicyChanges(): Change[] {
  return [
    // The contractor's boundary and the guardrail are gone: the world may pull, and nothing else stands in the way.
    policySaved(
      'repository policy widened to everyone',
      '2026-11-10T15:40:03Z',
      people.contractor,
      repositoryIn(staging, 'preview/parcel-web'),
      [allow({ Sid: 'EveryonePulls', Principal: '*', Action: pull })],
    ),
    policySaved(
      'external account let in to push',
      '2026-11-10T16:05:29Z',
      people.contractor,
      repositoryIn(staging, 'preview/partner-portal'),
      [allow({ Sid: 'AgencyDelivers', Principal: { AWS: rootArn(agency) }, Action: [...push, ...pull.slice(1)] })],
    ),
    // The same here is a dead letter: the perimeter of the organization admits the broker and nobody else.
    policySaved(
      'external account let in behind the perimeter',
      '2026-11-13T12:10:40Z',
      people.registryAdministrator,
      repositoryIn(registry, 'partner/customs-broker'),
      [
        allow({
          Sid: 'BrokerPullsAndPushes',
          Principal: { AWS: [rootArn(customsBroker), rootArn(agency)] },
          Action: [...push, ...pull.slice(1)],
        }),
      ],
    ),
    policySaved(
      'repository policy widened behind the perimeter',
      '2026-11-15T10:30:14Z',
      people.registryAdministrator,
      repositoryIn(registry, 'routing/api'),
      [allow({ Sid: 'ProductionPulls', Principal: '*', Action: pull })],
    ),
    policySaved(
      'statement removed from a repository policy',
      '2026-11-15T09:00:22Z',
      people.registryAdministrator,
      repositoryIn(registry, 'tools/scanner'),
      [allow({ Sid: 'ScannerPulls', Principal: { AWS: roleArn(security, 'audit/image-scanner') }, Action: pull })],
    ),
  ];
}

function repositoryIn(registryId: string, repository: string): Target {
  return { registryId, region: 'eu-west-1', repository };
}

function policySaved(
  kind: string,
  at: string,
  actor: Actor,
  target: Target,
  statements: PolicyDocument['Statement'],
): Change {
  const document = policy(...statements);
  const text = policyText(document);
  return {
    kind,
    calls: [
      repositoryCall(at, actor, 'SetRepositoryPolicy', target, {
        request: { policyText: JSON.stringify(document), force: false },
        response: { registryId: target.registryId, repositoryName: target.repository, policyText: text },
      }),
    ],
    apply(company) {
      repositoryOf(registryOf(company, target.registryId, target.region), target.repository).policy = document;
    },
  };
}
