import type { ConfigurationDifference } from './configuration-difference.ts';
import type { OrganizationFile } from './organization-facts.ts';

type Policy = OrganizationFile['Policies'][number];

/** An organization with one fact of another in place. Units are those of both, so that accounts find theirs. */
export function putOrganization(
  base: OrganizationFile,
  other: OrganizationFile,
  { kind, subjects }: ConfigurationDifference,
): OrganizationFile {
  const units = new Map([...other.OrganizationalUnits, ...base.OrganizationalUnits].map((unit) => [unit.Id, unit]));
  const file = { ...base, OrganizationalUnits: [...units.values()] };
  const idOf = (prefix: string): string =>
    subjects.find((subject) => subject.startsWith(prefix))?.slice(prefix.length) ?? '';
  const [policyId, target] = [idOf('organizationPolicy:'), idOf('target:')];
  const find = (from: OrganizationFile): Policy | undefined =>
    from.Policies.find(({ PolicySummary: { Id } }) => Id === policyId);
  switch (kind) {
    case 'scp':
    case 'rcp': {
      const [own, theirs] = [find(base), find(other)];
      const put = theirs === undefined ? [] : [{ ...theirs, Targets: own?.Targets ?? [] }];
      return { ...file, Policies: [...file.Policies.filter((each) => each !== own), ...put] };
    }
    case 'organizationAttachment': {
      if (policyId === '') {
        const types = other.Roots.find(({ Id }) => Id === target)?.PolicyTypes;
        return {
          ...file,
          Roots: file.Roots.map(({ PolicyTypes: own, ...root }) => {
            const put = root.Id === target ? types : own;
            return put === undefined ? root : { ...root, PolicyTypes: put };
          }),
        };
      }
      const own = find(base) ?? emptied(find(other));
      if (own === undefined) {
        return file;
      }
      const isThere = find(other)?.Targets.some((each) => targetOf(each) === target) === true;
      const others = own.Targets.filter((each) => targetOf(each) !== target);
      const put = { ...own, Targets: isThere ? [...others, target] : others };
      return { ...file, Policies: [...file.Policies.filter((each) => each !== own), put] };
    }
    case 'accountMoved':
    case 'account': {
      const theirs = other.Accounts.find(({ Id }) => Id === target);
      const others = file.Accounts.filter(({ Id }) => Id !== target);
      return { ...file, Accounts: theirs === undefined ? others : [...others, theirs] };
    }
    default:
      return file;
  }
}

/** A policy that is attached where nobody attached it yet. */
function emptied(policy: Policy | undefined): Policy | undefined {
  return policy === undefined ? undefined : { ...policy, Targets: [] };
}

function targetOf(target: Policy['Targets'][number]): string {
  return typeof target === 'string' ? target : target.TargetId;
}
