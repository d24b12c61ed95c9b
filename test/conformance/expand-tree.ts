import { documentTextOf } from './document-text.ts';
import type { CompactDocument, CompactTree } from './schema.ts';

const managementAccount = '999999999999';
const organizationId = 'o-exampleorg';
const rootId = 'r-r001';

type PolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

const fullAccess: Readonly<Record<PolicyType, CompactDocument>> = {
  SERVICE_CONTROL_POLICY: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  RESOURCE_CONTROL_POLICY: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

/** organization.json: the root, its OUs and accounts, and who has which policy attached. */
export function expandTree(tree: CompactTree, snapshotAccounts: readonly string[]): unknown {
  const listed = [...new Set([managementAccount, ...snapshotAccounts, ...Object.keys(tree.accounts ?? {})])].filter(
    (id) => !(tree.omit ?? []).includes(id),
  );
  const units = Object.entries(tree.ous ?? {});
  const arn = (rest: string) => `arn:aws:organizations::${managementAccount}:${rest}`;
  return {
    Organization: {
      Id: organizationId,
      Arn: arn(`organization/${organizationId}`),
      FeatureSet: 'ALL',
      MasterAccountArn: arn(`account/${organizationId}/${managementAccount}`),
      MasterAccountId: managementAccount,
      MasterAccountEmail: 'owner@example.com',
    },
    Roots: [
      {
        Id: rootId,
        Arn: arn(`root/${organizationId}/${rootId}`),
        Name: 'Root',
        PolicyTypes: [
          { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
          { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
        ],
      },
    ],
    OrganizationalUnits: units.map(([id, { parent }]) => ({
      Id: id,
      Arn: arn(`ou/${organizationId}/${id}`),
      Name: id,
      ParentId: parent ?? rootId,
    })),
    Accounts: listed.map((id) => ({
      Id: id,
      Arn: arn(`account/${organizationId}/${id}`),
      Name: `account-${id}`,
      Status: 'ACTIVE',
      ParentId: tree.accounts?.[id]?.ou ?? rootId,
    })),
    Policies: policies(tree, [
      [rootId, tree],
      ...units,
      ...listed.map((id): [string, Attached] => [id, tree.accounts?.[id] ?? {}]),
    ]),
  };
}

interface Attached {
  readonly scps?: readonly string[] | undefined;
  readonly rcps?: readonly string[] | undefined;
}

function policies(tree: CompactTree, nodes: readonly (readonly [string, Attached])[]): unknown[] {
  const targets = new Map<string, { type: PolicyType; name: string; ids: string[] }>();
  const attach = (type: PolicyType, name: string, id: string) => {
    const key = `${type} ${name}`;
    const entry = targets.get(key) ?? { type, name, ids: [] };
    entry.ids.push(id);
    targets.set(key, entry);
  };
  for (const [id, { scps, rcps }] of nodes) {
    for (const name of scps ?? ['FullAWSAccess']) {
      attach('SERVICE_CONTROL_POLICY', name, id);
    }
    for (const name of ['RCPFullAWSAccess', ...(rcps ?? [])]) {
      attach('RESOURCE_CONTROL_POLICY', name, id);
    }
  }
  return [...targets.values()].map(({ type, name, ids }) => {
    const isAws = name === 'FullAWSAccess' || name === 'RCPFullAWSAccess';
    const document = isAws ? fullAccess[type] : tree.policies?.[name];
    if (document === undefined) {
      throw new Error(`no organization policy \`${name}\` is defined`);
    }
    const owner = isAws ? 'aws:policy' : `${managementAccount}:policy/${organizationId}`;
    return {
      PolicySummary: {
        Id: `p-${name}`,
        Arn: `arn:aws:organizations::${owner}/${type.toLowerCase()}/p-${name}`,
        Name: name,
        Type: type,
        AwsManaged: isAws,
      },
      Content: documentTextOf(document),
      Targets: ids,
    };
  });
}
