import type { DocumentPlan, OrganizationPlan, TagPlan } from './plan.ts';

/** What an organization has of what policies and snapshots can have, by name. */
export function featuresOf(plan: OrganizationPlan): readonly string[] {
  const principals = plan.accounts.flatMap(({ users, roles }) => [...users, ...roles]);
  const regions = plan.accounts.flatMap((account) => account.regions);
  const repositories = regions.flatMap((region) => region.repositories);
  const documents = [...plan.identityDocuments, ...plan.resourceDocuments];
  const checks: Readonly<Record<string, boolean>> = {
    'several accounts': plan.accounts.length > 1,
    'several regions': new Set(regions.map(({ name }) => name)).size > 1,
    'no organization': plan.tree === null,
    'nested OUs': (plan.tree?.units ?? []).some((parent, index) => parent > 0 && index > 0),
    SCPs: (plan.tree?.scps.length ?? 0) > 0,
    'a level without FullAWSAccess': (plan.tree?.bare.length ?? 0) > 0,
    RCPs: (plan.tree?.rcps.length ?? 0) > 0,
    'management account collected': typeof plan.tree?.management === 'number',
    'member not collected': plan.tree?.uncollected !== null && plan.tree !== null,
    'more than 31 repositories': regions.some(({ furtherRepositories }) => furtherRepositories > 0),
    boundary: principals.some(({ boundary }) => boundary !== null),
    'groups of a user': principals.some(({ groups }) => groups.length > 0),
    'service-linked role': principals.some(({ path }) => path.includes('aws-service-role')),
    'made again under its name': principals.some(({ generation }) => generation > 1),
    'tags that differ in case': [...principals, ...repositories].some(({ tags }) => isAmbiguous(tags)),
    'registry policy': regions.some(({ registryPolicy }) => registryPolicy !== null),
    'scope V1': regions.some(({ scope }) => scope === 'V1'),
    'scope not read': regions.some(({ scope }) => scope !== 'V1' && scope !== 'V2'),
    'file missing':
      regions.some(({ missing }) => missing.length > 0) || plan.accounts.some((each) => each.isIamMissing),
    'recorded gap': plan.gaps.length > 0,
    'unreadable document': documents.some(({ kind }) => kind === 'raw'),
    ...textFeatures(documents),
  };
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [name] : []));
}

function textFeatures(documents: readonly DocumentPlan[]): Readonly<Record<string, boolean>> {
  const text = JSON.stringify(documents);
  const statements = documents.flatMap((document) => (document.kind === 'statements' ? document.statements : []));
  const has = (name: string): boolean =>
    statements.some((each) => typeof each === 'object' && each !== null && Object.hasOwn(each, name));
  return {
    Condition: has('Condition'),
    NotAction: has('NotAction'),
    NotResource: has('NotResource'),
    NotPrincipal: has('NotPrincipal'),
    'stray element': has('Comment'),
    IfExists: text.includes('IfExists'),
    'set prefix': text.includes(':String') || text.includes(':Arn'),
    variables: text.includes('${aws:'),
    'version of 2008': documents.some((each) => each.kind === 'statements' && each.version !== '2012-10-17'),
    'unique id named': text.includes('GEN'),
    'session named': text.includes(':assumed-role/'),
    'service named': text.includes('"Service"'),
  };
}

function isAmbiguous(tags: readonly TagPlan[]): boolean {
  return new Set(tags.map(({ Key }) => Key.toLowerCase())).size < tags.length;
}
