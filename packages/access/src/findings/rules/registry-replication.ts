import type { FindingInput } from '../finding-input.ts';
import { outsideByRegistry } from '../outside-by-registry.ts';
import type { Match, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html */
export const registryReplication: Rule = {
  id: 'ECR-REG-REPL',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'the registry takes images by replication from an account that is not allowed to',
  why: 'A foreign registry can write images into yours, under names that your deployments use.',
  remedy: 'Take the account out of the registry policy, or name it in `findings.allowedAccounts`.',
  find: findReplication,
};

function* findReplication(input: FindingInput): Generator<Match> {
  for (const grant of outsideByRegistry(input, ['ecr:ReplicateImage'])) {
    yield {
      ...grant.match,
      title: `${grant.who} may replicate images into ${grant.place}`,
      what: `The policies let ${grant.who} write into ${grant.place} by replication${grant.condition}.`,
      isLessGrave: grant.isPartner,
    };
  }
}
