import type { DocumentKind, PolicyDocument, Readable } from '@ecr-audit/policy';
import { managedPoliciesOf } from '../carriers/managed-policies-of.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import type { NamedDocument, RegionSnapshot, Snapshot } from '../snapshot/model.ts';
import { type ArnOfId, contentOf, documentContent } from './document-content.ts';

/** What is known of the state after, as far as an event is judged by it. */
export interface KnownState {
  /** What the policy of a difference says afterwards, in the words of `documentContent`; null where that cannot be told. */
  contentAfter(difference: ConfigurationDifference): string | null;
  /** What an event asked for, in the same words. */
  contentAsked(document: unknown, kind: DocumentKind): string | null;
  /** The version of a managed policy that is in force afterwards. */
  versionAfter(accountId: string, arn: string): string | null;
  /** Whether a policy of the organization of that name is surely of another type than this. */
  isOfOtherType(name: string | null, type: string | null): boolean;
}

/** Reads nothing before it is asked for: most differences need one document of thousands. */
export function knownState(from: SnapshotWithParts, to: SnapshotWithParts): KnownState {
  const arnOfId: ArnOfId = (id) => arnIn(to.snapshot, id) ?? arnIn(from.snapshot, id);
  const organization = organizationPolicies(to.snapshot);
  const earlier = organizationPolicies(from.snapshot);
  let versions: ReadonlyMap<string, string> | null = null;
  // Something that writes the same policy every minute asks for the same text each time.
  const asked = new Map<string, string | null>();
  return {
    contentAfter: (difference) => {
      const document = documentIn(to.snapshot, difference, organization);
      return document === null ? null : documentContent(document, arnOfId);
    },
    contentAsked: (document, kind) => {
      if (typeof document !== 'string') {
        return isDocument(document) ? contentOf(document, kind, arnOfId) : null;
      }
      const key = `${kind} ${document}`;
      const known = asked.get(key) ?? (asked.has(key) ? null : contentOf(document, kind, arnOfId));
      asked.set(key, known);
      return known;
    },
    versionAfter: (accountId, arn) => {
      versions ??= new Map(
        managedPoliciesOf(to.parts).flatMap(({ arn: policyArn, version, accountIds }) =>
          version === null ? [] : accountIds.map((id): [string, string] => [`${id} ${policyArn}`, version]),
        ),
      );
      return versions.get(`${accountId} ${arn}`) ?? null;
    },
    isOfOtherType: (name, type) => {
      const isIn = (kind: string): boolean => organization.has(`${kind} ${name}`) || earlier.has(`${kind} ${name}`);
      return (
        (type === 'SERVICE_CONTROL_POLICY' && !isIn('scp') && isIn('rcp')) ||
        (type === 'RESOURCE_CONTROL_POLICY' && !isIn('rcp') && isIn('scp'))
      );
    },
  };
}

/** By kind and name, those that are attached somewhere. */
function organizationPolicies({ organization }: Snapshot): ReadonlyMap<string, NamedDocument> {
  const policies = new Map<string, NamedDocument>();
  for (const { levels } of organization?.accounts.values() ?? []) {
    for (const { scps, rcps } of levels ?? []) {
      scps.forEach((named) => policies.set(`scp ${named.policy}`, named));
      rcps.forEach((named) => policies.set(`rcp ${named.policy}`, named));
    }
  }
  return policies;
}

/** What was left out of a bound reads `{"truncated": LENGTH}`, which is no document. */
function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('truncated' in value);
}

function arnIn({ accounts }: Snapshot, id: string): string | null {
  for (const { iam } of accounts.values()) {
    const principal = iam?.principalsById.get(id);
    if (principal !== undefined) {
      return principal.arn;
    }
  }
  return null;
}

function documentIn(
  snapshot: Snapshot,
  { kind, accountId, region, policy, subjects }: ConfigurationDifference,
  organization: ReadonlyMap<string, NamedDocument>,
): Readable<PolicyDocument> | null {
  const account = snapshot.accounts.get(accountId ?? '');
  switch (kind) {
    case 'inlinePolicy': {
      const holders =
        account?.iam === null ? [] : [...(account?.iam.principals ?? []), ...(account?.iam.groups.values() ?? [])];
      const inline = holders.flatMap(({ inlinePolicies }) => inlinePolicies);
      return inline.find((named) => named.policy === policy)?.document ?? null;
    }
    case 'managedPolicy':
      return account?.iam?.managedPolicies.get(policy ?? '')?.document ?? null;
    case 'repositoryPolicy': {
      const found = repositoryOf(account?.regions.get(region ?? ''), subjects);
      return found?.policy.kind === 'policy' ? found.policy.named.document : null;
    }
    case 'registryPolicy': {
      const found = account?.regions.get(region ?? '')?.registry.policy;
      return found?.kind === 'policy' ? found.named.document : null;
    }
    case 'scp':
    case 'rcp':
      return organization.get(`${kind} ${policy}`)?.document ?? null;
    default:
      return null;
  }
}

function repositoryOf(region: RegionSnapshot | undefined, subjects: readonly string[]) {
  const arns = new Set(subjects.map((subject) => subject.slice(subject.indexOf(':') + 1)));
  return [...(region?.repositories?.values() ?? [])].find(({ arn }) => arns.has(arn));
}
