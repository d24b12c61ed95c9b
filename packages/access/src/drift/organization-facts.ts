import type { z } from 'zod';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { NamedDocument } from '../snapshot/model.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import { readPart } from '../snapshot/read-part.ts';
import { organizationSchema } from '../snapshot/schemas.ts';
import { always, type Fact, factSource, type FactSources, text } from './facts.ts';
import { mayConcernEcr } from './iam-facts.ts';

export type OrganizationFile = z.output<typeof organizationSchema>;

const ORGANIZATION_SOURCE = 'organization';

/** Policies of the organization, what they are attached to, and where its accounts stand. */
export function addOrganizationFacts(sources: FactSources, { snapshot, parts }: SnapshotWithParts): void {
  const file = organizationFile(parts);
  // One that is missing somewhere may be attached anywhere.
  const gap = snapshot.gaps.find((each) => findOrganizationGap([each], each.accountId) !== null) ?? null;
  const facts = file === null || gap !== null ? null : factsOf(file);
  sources.set(ORGANIZATION_SOURCE, factSource({ what: 'organization', accountId: null, facts, gap }));
}

/** Null where it was not collected. */
export function organizationFile(parts: SnapshotWithParts['parts']): OrganizationFile | null {
  const part = parts.find(({ path }) => path === 'organization.json');
  return part === undefined ? null : readPart(part, organizationSchema);
}

function factsOf(file: OrganizationFile): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const plain = { policy: null, concernsEcr: always };
  for (const { PolicySummary: summary, Content: document, Targets: targets } of file.Policies) {
    const kind = kindOf(summary.Type);
    if (kind === null) {
      continue;
    }
    const named = documentOf(kind, summary.Name, document);
    const policy = `organizationPolicy:${summary.Id}`;
    const content = { kind: 'document', document, named } as const;
    facts.set(policy, { kind, subjects: [policy], policy: summary.Name, content, concernsEcr: always });
    for (const target of targets) {
      const id = typeof target === 'string' ? target : target.TargetId;
      facts.set(`${policy} ${id}`, {
        kind: 'organizationAttachment',
        subjects: [policy, `target:${id}`],
        policy: summary.Name,
        content: text(`${summary.Name} at ${id}`),
        concernsEcr: () => mayConcernEcr(named),
      });
    }
  }
  for (const { Id: id, PolicyTypes: types = [] } of file.Roots) {
    for (const { Type: type, Status: status } of types.filter((each) => kindOf(each.Type) !== null)) {
      const fact = { ...plain, kind: 'organizationAttachment', subjects: [`target:${id}`] } as const;
      facts.set(`type ${id} ${type}`, { ...fact, content: text(`${type} ${status}`) });
    }
  }
  for (const { Id: id, ParentId: parent } of file.Accounts) {
    const subjects = [`target:${id}`];
    facts.set(`account ${id}`, { ...plain, kind: 'account', subjects, content: text(id) });
    facts.set(`parent ${id}`, {
      ...plain,
      kind: 'accountMoved',
      subjects: [...subjects, `target:${parent}`],
      content: text(parent),
    });
  }
  return facts;
}

function kindOf(type: string): 'scp' | 'rcp' | null {
  return type === 'SERVICE_CONTROL_POLICY' ? 'scp' : type === 'RESOURCE_CONTROL_POLICY' ? 'rcp' : null;
}

function documentOf(kind: 'scp' | 'rcp', name: string, document: unknown): NamedDocument {
  return nameDocument(name, document, { kind: kind === 'scp' ? 'identity' : 'resource', lengthMax: null }, []);
}
