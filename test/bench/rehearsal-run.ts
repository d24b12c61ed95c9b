import {
  assembleSnapshot,
  carrierOf,
  plainRehearsal,
  rankCarriers,
  rehearse,
  type Snapshot,
  type SnapshotPart,
} from '@ecr-audit/access';
import { peakBytes } from './evaluate-fully.ts';
import { readParts } from './scratch.ts';

/*
 * Rehearsals of one change each, in a process of its own: `rehearsal-run.ts PARTS CASE`, where CASE is one of these words. The
 * first one finds code that never ran and an engine that knows nothing; the next ones find what a server holds.
 */

const AGAIN_TIMES = 5;

const everythingOfA = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'ecr:*', Resource: 'arn:aws:ecr:*:*:repository/a*' },
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
  ],
};

const [, , file = '', which = ''] = process.argv;
const parts = readParts(file);
const snapshot = assembleSnapshot(parts);
process.stdout.write(
  JSON.stringify(which === 'policies' ? measurePolicies(snapshot, parts) : measureRehearsal(snapshot)),
);

interface Figures {
  readonly ms: number;
  /** The same again, once for each time. */
  readonly againMs?: readonly number[];
  readonly cpuMs: number;
  readonly principals: number;
  readonly repositories: number;
  readonly groups: number;
  readonly bytes: number;
  readonly peakBytes: number;
}

function measured(work: () => Omit<Figures, 'ms' | 'cpuMs' | 'peakBytes'>): Figures {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const figures = work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return { ...figures, ms, cpuMs: (user + system) / 1000, peakBytes: peakBytes() };
}

function measureRehearsal(before: Snapshot): Figures {
  const change = changeOf(before);
  const once = (): Figures =>
    measured(() => {
      const result = rehearse(before, { changes: [change] }, null);
      if (result.kind === 'refused') {
        throw new Error(JSON.stringify(result.problems));
      }
      const plain = plainRehearsal(result.rehearsal);
      return { ...plain.compared, groups: plain.groups.length, bytes: JSON.stringify(plain).length };
    });
  const first = once();
  const again = Array.from({ length: AGAIN_TIMES }, once);
  return { ...first, againMs: again.map(({ ms }) => ms), peakBytes: peakBytes() };
}

function measurePolicies(before: Snapshot, all: readonly SnapshotPart[]): Figures {
  return measured(() => {
    const carriers = rankCarriers(before, all);
    const principals = carriers.reduce((sum, carrier) => sum + (carrier.allows.length > 0 ? carrier.principals : 0), 0);
    return { principals, repositories: 0, groups: carriers.length, bytes: 0 };
  });
}

function changeOf(before: Snapshot): object {
  const [account] = before.accounts.values();
  switch (which) {
    case 'managed':
      return { change: 'putManagedPolicy', policy: mostHeld(before), document: everythingOfA };
    case 'inline': {
      const role = account?.iam?.principals.find(({ kind, path }) => kind === 'role' && !path.startsWith('/aws-'));
      return { change: 'putInlinePolicy', identity: role?.arn, name: 'rehearsed', document: everythingOfA };
    }
    case 'repository': {
      const regions = [...(account?.regions.values() ?? [])];
      const [repository] = regions.flatMap(({ repositories }) => [...(repositories?.values() ?? [])]);
      const statement = { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' };
      const document = { Version: '2012-10-17', Statement: [statement] };
      return { change: 'setRepositoryPolicy', repository: repository?.arn, document };
    }
    case 'boundary': {
      const bounded =
        account?.iam?.principals.flatMap(({ permissionsBoundaryArn }) => permissionsBoundaryArn ?? []) ?? [];
      const [policy] = [...Map.groupBy(bounded, (arn) => arn)].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
      return { change: 'putManagedPolicy', policy, document: everythingOfA };
    }
    case 'scp': {
      const document = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }],
      };
      return { change: 'attachServiceControlPolicy', name: 'rehearsed', target: account?.id, document };
    }
    default:
      throw new Error(`there is no case \`${which}\``);
  }
}

/** Of the policies that bring rights of ECR, the one that most roles and users have. */
function mostHeld(before: Snapshot): string {
  const holders = new Map<string, number>();
  for (const { iam } of before.accounts.values()) {
    for (const arn of iam?.principals.flatMap(({ attachedPolicyArns }) => attachedPolicyArns) ?? []) {
      holders.set(arn, (holders.get(arn) ?? 0) + 1);
    }
  }
  const documents = new Map(
    parts.flatMap(({ path, content }) => (path.endsWith('authorization-details.json') ? policiesIn(content) : [])),
  );
  const bringing = [...holders]
    .toSorted(([, a], [, b]) => b - a)
    .find(([arn]) => carrierOf({ arn, name: '', version: null, document: documents.get(arn) }).allows.length > 0);
  if (bringing === undefined) {
    throw new Error('no policy brings any right of ECR');
  }
  return bringing[0];
}

function policiesIn(content: string): [string, unknown][] {
  const details: { Policies: { Arn: string; PolicyVersionList: { Document: unknown }[] }[] } = JSON.parse(content);
  return details.Policies.map(({ Arn, PolicyVersionList: [version] }) => [Arn, version?.Document]);
}
