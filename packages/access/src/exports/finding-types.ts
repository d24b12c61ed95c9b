import { RULES } from '../findings/rules.ts';

const ofEvents = new Set(RULES.filter(({ kinds }) => kinds.every((kind) => kind === 'event')).map(({ id }) => id));

/**
 * Where a rule stands in AWS's taxonomy of findings: a namespace, a category, and the rule as classifier.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Types
 */
export function findingType(ruleId: string): string {
  return ofEvents.has(ruleId)
    ? `Unusual Behaviors/User/${ruleId}`
    : `Software and Configuration Checks/AWS Security Best Practices/${ruleId}`;
}
