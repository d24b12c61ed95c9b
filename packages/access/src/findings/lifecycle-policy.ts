import { z } from 'zod';

/** What a lifecycle policy takes away, in words. */
export interface ExpiringRules {
  /** `images tagged prod* after 14 days`: what deletes images that have a tag. */
  readonly tagged: readonly string[];
  /** The same of those that have none. */
  readonly untagged: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const policySchema = z.object({
  rules: z.array(
    z.object({
      selection: z.object({
        tagStatus: z.enum(['tagged', 'untagged', 'any']),
        tagPrefixList: z.array(z.string()).default([]),
        tagPatternList: z.array(z.string()).default([]),
        countType: z.string(),
        countUnit: z.string().optional(),
        countNumber: z.number(),
      }),
      action: z.object({ type: z.string() }),
    }),
  ),
});

type Selection = z.output<typeof policySchema>['rules'][number]['selection'];

/** Reads the text of a lifecycle policy; null where it is none. Rules that only move images elsewhere delete nothing. */
export function expiringRules(text: string): ExpiringRules | null {
  const parsed = policySchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    return null;
  }
  const expiring = parsed.data.rules.filter(({ action }) => action.type === 'expire').map(({ selection }) => selection);
  return {
    tagged: expiring.filter(({ tagStatus }) => tagStatus !== 'untagged').map(describe),
    untagged: expiring.filter(({ tagStatus }) => tagStatus === 'untagged').map(describe),
  };
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

function describe({ tagStatus, tagPrefixList, tagPatternList, ...count }: Selection): string {
  const tags = [...tagPrefixList.map((prefix) => `${prefix}*`), ...tagPatternList];
  const which =
    tagStatus === 'any' ? 'all images' : tagStatus === 'untagged' ? 'images without a tag' : 'tagged images';
  return `${which}${tags.length === 0 ? '' : ` (${tags.join(', ')})`} ${countWords(count)}`;
}

function countWords({
  countType,
  countUnit = '',
  countNumber,
}: Pick<Selection, 'countType' | 'countUnit' | 'countNumber'>) {
  switch (countType) {
    case 'imageCountMoreThan':
      return `but the newest ${countNumber}`;
    case 'sinceImagePushed':
      return `${countNumber} ${countUnit} after the push`;
    case 'sinceImagePulled':
      return `${countNumber} ${countUnit} after the last pull`;
    default:
      return `by ${countType} ${countNumber} ${countUnit}`.trimEnd();
  }
}
