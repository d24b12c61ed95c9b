import { ecrStatementsOf, isWhole } from '../carriers/carrier.ts';
import { findGapWithin } from '../snapshot/gaps.ts';
import type { IamGroup, IamPrincipal, IamSnapshot, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import { readPart } from '../snapshot/read-part.ts';
import { authorizationDetailsSchema } from '../snapshot/schemas.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { alikeHolders, type AuthorizationDetails } from './alike-holders.ts';
import { always, type Fact, factSource, type FactSources, text } from './facts.ts';

const FILE = 'account-authorization-details.json';

/** How an account names its users and roles. A rename keeps the id: `arnOf` gives the ARN by which it is compared. */
export type ComparedArn = (principal: IamPrincipal) => string;

/** One of two snapshots, with where to put its facts. */
interface IamSide extends SnapshotWithParts {
  readonly sources: FactSources;
}

/**
 * What users, roles, groups and managed policies of each account are, by account. Of what both snapshots say alike no fact is made:
 * that is most of it, and making its facts took half of the comparison of 10,000 principals.
 */
export function addIamFacts(before: IamSide, after: IamSide, arnOf: ComparedArn): void {
  const sides = [before, after].map((side) => ({
    ...side,
    detailsOf: detailsReader(side),
    own: new Set(accountsOf(side.snapshot)),
  }));
  for (const accountId of new Set(sides.flatMap(({ own }) => [...own]))) {
    const read = sides.map(({ detailsOf }) => detailsOf(accountId));
    const [earlier, later] = read.map((each) => each?.details ?? null);
    const alike = earlier && later ? alikeHolders(earlier, later) : NONE;
    for (const [place, { snapshot, sources, own }] of sides.entries()) {
      const found = read[place] ?? null;
      if (found !== null) {
        const { iam, details } = found;
        addAccount(sources, { accountId, iam, alike, documents: writtenDocuments(details) }, arnOf);
      } else if (own.has(accountId)) {
        const calls = ['iam:GetAccountAuthorizationDetails', FILE, 'sts:AssumeRole', 'account:'];
        const gap = findGapWithin(snapshot.gaps, calls, { accountId });
        sources.set(iamSource(accountId), factSource({ what: 'iam', accountId, facts: null, gap }));
      }
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

interface ReadAccount {
  readonly iam: IamSnapshot;
  readonly details: AuthorizationDetails;
}

/** Gives what IAM answered for an account; null where that is not known in full. */
function detailsReader({ snapshot, parts }: SnapshotWithParts): (accountId: string) => ReadAccount | null {
  const byPath = new Map(parts.map((part) => [part.path, part]));
  return (accountId) => {
    const iam = snapshot.accounts.get(accountId)?.iam ?? null;
    const part = byPath.get(`accounts/${accountId}/${FILE}`);
    return iam === null || part === undefined ? null : { iam, details: readPart(part, authorizationDetailsSchema) };
  };
}

function addAccount(sources: FactSources, place: Place, arnOf: ComparedArn): void {
  const { accountId, iam, alike } = place;
  const facts = new Map<string, Fact>();
  for (const principal of iam.principals) {
    if (!alike.has(principal.arn)) {
      addPrincipal(facts, { ...place, principal, arn: arnOf(principal) });
    }
  }
  for (const group of iam.groups.values()) {
    if (!alike.has(group.arn)) {
      addGroup(facts, { ...place, group });
    }
  }
  sources.set(iamSource(accountId), factSource({ what: 'iam', accountId, facts }));
  addManaged(sources, place);
}

function iamSource(accountId: string): string {
  return `iam ${accountId}`;
}

interface Place {
  readonly accountId: string;
  readonly iam: IamSnapshot;
  readonly documents: ReadonlyMap<string, unknown>;
  /** ARNs of what the other snapshot says the same of. */
  readonly alike: ReadonlySet<string>;
}

function addPrincipal(
  facts: Map<string, Fact>,
  { principal, arn, ...place }: Place & { readonly principal: IamPrincipal; readonly arn: string },
): void {
  const { kind, id, name, tags, groups, permissionsBoundaryArn, arn: ownArn } = principal;
  const subject = `${kind}:${place.accountId}/${name}`;
  const note = (key: string, fact: Omit<Fact, 'subjects' | 'policy' | 'concernsEcr'> & Partial<Fact>): void => {
    facts.set(`${key} ${arn}`, { subjects: [subject], policy: null, concernsEcr: always, ...fact });
  };
  note('principal', { kind: 'principal', content: text(`${ownArn} ${id}`) });
  addPolicies(facts, { ...place, holder: principal, subject, key: arn });
  if (permissionsBoundaryArn !== null) {
    const subjects = [subject, `policy:${permissionsBoundaryArn}`];
    // A boundary takes away whatever it does not name.
    note('boundary', {
      kind: 'boundary',
      subjects,
      policy: permissionsBoundaryArn,
      content: text(permissionsBoundaryArn),
    });
  }
  if (tags.length > 0) {
    const sorted = tags.map(({ Key, Value }) => [Key, Value] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
    note('principalTags', { kind: 'principalTags', content: text(JSON.stringify(Object.fromEntries(sorted))) });
  }
  for (const group of groups) {
    const subjects = [subject, `group:${place.accountId}/${group}`];
    note(`group ${group}`, { kind: 'groupMembership', subjects, content: text(group) });
  }
  const trust = place.documents.get(`trust ${ownArn}`);
  if (trust !== undefined) {
    note('trust', { kind: 'trust', content: { kind: 'document', document: trust, named: null } });
  }
}

function addGroup(facts: Map<string, Fact>, { group, ...place }: Place & { readonly group: IamGroup }): void {
  const subject = `group:${place.accountId}/${group.name}`;
  facts.set(`group ${group.arn}`, {
    kind: 'group',
    subjects: [subject],
    policy: null,
    content: text(group.arn),
    concernsEcr: always,
  });
  addPolicies(facts, { ...place, holder: group, subject, key: group.arn });
}

function addPolicies(
  facts: Map<string, Fact>,
  {
    iam,
    documents,
    holder,
    subject,
    key,
  }: Place & { readonly holder: IamPrincipal | IamGroup; readonly subject: string; readonly key: string },
): void {
  for (const named of holder.inlinePolicies) {
    const name = named.policy.slice(`${holder.arn}#inline:`.length);
    facts.set(`inline ${key} ${name}`, {
      kind: 'inlinePolicy',
      subjects: [subject],
      policy: named.policy,
      content: { kind: 'document', document: documents.get(named.policy), named },
      concernsEcr: always,
    });
  }
  for (const arn of holder.attachedPolicyArns) {
    facts.set(`attachment ${key} ${arn}`, {
      kind: 'attachment',
      subjects: [subject, `policy:${arn}`],
      policy: arn,
      content: text(arn),
      concernsEcr: () => mayConcernEcr(iam.managedPolicies.get(arn)),
    });
  }
}

/** Each by itself: one that somebody has and whose document is missing was not read, whatever the others are. */
function addManaged(sources: FactSources, { accountId, iam, documents, alike }: Place): void {
  const holders = [...iam.principals, ...iam.groups.values()];
  const boundaries = iam.principals.flatMap(({ permissionsBoundaryArn }) => permissionsBoundaryArn ?? []);
  const attached = holders.flatMap(({ attachedPolicyArns }) => attachedPolicyArns);
  for (const arn of new Set([...iam.managedPolicies.keys(), ...attached, ...boundaries])) {
    const named = iam.managedPolicies.get(arn);
    if (named !== undefined && alike.has(arn)) {
      continue;
    }
    const fact: Fact | null =
      named === undefined
        ? null
        : {
            kind: 'managedPolicy',
            subjects: [`policy:${arn}`],
            policy: arn,
            content: { kind: 'document', document: documents.get(arn), named },
            concernsEcr: always,
          };
    sources.set(
      `policy ${accountId} ${arn}`,
      factSource({
        what: 'managedPolicy',
        accountId,
        resource: arn,
        parent: iamSource(accountId),
        // IAM lists AWS's own where they are attached: one that only one snapshot holds was made and deleted by nobody.
        isListedInUse: isAwsManaged(arn),
        facts: fact === null ? null : new Map([[arn, fact]]),
      }),
    );
  }
}

/** Whether a policy says anything of ECR, or may because it cannot be read. */
export function mayConcernEcr(named: NamedDocument | undefined): boolean {
  return named === undefined || ecrStatementsOf(named.document).length > 0 || !isWhole(named.document);
}

/** Documents as they are written, by the name that reasons have for them; trust policies by `trust ARN`. */
function writtenDocuments(details: AuthorizationDetails): ReadonlyMap<string, unknown> {
  const documents = new Map<string, unknown>();
  const inline = (
    owner: string,
    policies: readonly { readonly PolicyName: string; readonly PolicyDocument?: unknown }[],
  ): void => policies.forEach((each) => documents.set(`${owner}#inline:${each.PolicyName}`, each.PolicyDocument));
  details.UserDetailList.forEach((user) => inline(user.Arn, user.UserPolicyList));
  details.GroupDetailList.forEach((group) => inline(group.Arn, group.GroupPolicyList));
  for (const role of details.RoleDetailList) {
    inline(role.Arn, role.RolePolicyList);
    documents.set(`trust ${role.Arn}`, role.AssumeRolePolicyDocument);
  }
  for (const { Arn: arn, DefaultVersionId: version, PolicyVersionList: versions } of details.Policies) {
    const inForce =
      versions.find(({ VersionId, IsDefaultVersion }) =>
        version === undefined ? IsDefaultVersion === true : VersionId === version,
      ) ?? versions.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
    documents.set(arn, inForce?.Document);
  }
  return documents;
}

/** Those that were read, and those of the organization that were not. */
function accountsOf({ accounts, organization }: Snapshot): string[] {
  return [...new Set([...accounts.keys(), ...(organization?.accounts.keys() ?? [])])].toSorted();
}

/** The ARN by which a principal of the later snapshot is compared: that which the same id had in the earlier one. */
export function comparedArns(before: Snapshot): ComparedArn {
  return ({ id, arn }) => {
    const account = before.accounts.get(arn.split(':')[4] ?? '');
    return account?.iam?.principalsById.get(id)?.arn ?? arn;
  };
}
