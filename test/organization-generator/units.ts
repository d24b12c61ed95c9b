import { hexOf } from '../sample-organization/identifiers.ts';
import type { Organization } from '../sample-organization/model.ts';
import { guardrails } from './guardrails.ts';
import type { AccountKind } from './account-plan.ts';
import type { Scene } from './scene.ts';

type Unit = Organization['units'][number];

const UNIT_OF: Readonly<Record<AccountKind, string | null>> = {
  management: null,
  registry: 'SharedServices',
  security: 'Security',
  sandbox: 'Sandbox',
  production: 'Production',
  development: 'Development',
  single: 'Production',
};

/** The tree of units, three levels deep below the root, with the accounts in it and the policies on it. */
export function organizationOf(scene: Scene): Organization {
  const id = (name: string): string => `ou-${scene.rootId.slice(2)}-${hexOf(`${scene.seed} unit ${name}`).slice(0, 8)}`;
  const unit = (name: string, parentId: string): Unit => ({ id: id(name), name, parentId });
  const units = [
    unit('Security', scene.rootId),
    unit('Infrastructure', scene.rootId),
    unit('SharedServices', id('Infrastructure')),
    unit('Workloads', scene.rootId),
    unit('Production', id('Workloads')),
    unit('Development', id('Workloads')),
    unit('Sandbox', scene.rootId),
  ];
  const members = scene.accounts.map((account) => {
    const name = UNIT_OF[account.kind];
    return { id: account.id, name: account.name, parentId: name === null ? scene.rootId : id(name) };
  });
  if (members.every((member) => member.id !== scene.managementAccountId)) {
    members.push({ id: scene.managementAccountId, name: 'management', parentId: scene.rootId });
  }
  return {
    id: scene.organizationId,
    managementAccountId: scene.managementAccountId,
    rootId: scene.rootId,
    units,
    members,
    policies: guardrails(scene, { units, members }),
  };
}
