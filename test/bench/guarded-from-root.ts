import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';

const organizationSchema = z.looseObject({
  Roots: z.array(z.looseObject({ Id: z.string() })),
  Policies: z.array(z.unknown()),
});

const guard = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'ecr:PutImage', Resource: '*' }] };

/** The same snapshot with one more SCP at the root, which bears on everybody; the very same where there is no organization. */
export function guardedFromRoot(parts: readonly SnapshotPart[]): SnapshotPart[] {
  return parts.map((part) => {
    if (part.path !== 'organization.json') {
      return part;
    }
    const { Policies: policies, ...organization } = organizationSchema.parse(JSON.parse(part.content));
    const [root] = organization.Roots;
    const summary = { Id: 'p-benchguard', Name: 'BenchGuard', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false };
    const added = {
      PolicySummary: { ...summary, Arn: `arn:aws:organizations::aws:policy/${summary.Id}` },
      Content: guard,
      Targets: [{ TargetId: root?.Id ?? '' }],
    };
    return { ...part, content: JSON.stringify({ ...organization, Policies: [...policies, added] }) };
  });
}
