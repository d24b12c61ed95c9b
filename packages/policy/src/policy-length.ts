/**
 * The most characters that AWS takes, by kind of policy. Those of inline policies are for all inline policies of one
 * user, role or group together, so one document alone above them is certainly too long.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const POLICY_LENGTHS_MAX = {
  managed: 6_144,
  userInline: 2_048,
  groupInline: 5_120,
  roleInline: 10_240,
  scp: 5_120,
  rcp: 5_120,
} as const;

/** The characters that count against AWS's limits: all but white space between the parts of the JSON text. */
export function policyLength(json: string): number {
  let length = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charAt(at);
    if (isInText && char === '\\') {
      length += 2;
      at += 1;
    } else {
      isInText = char === '"' ? !isInText : isInText;
      length += isInText || !' \t\n\r'.includes(char) ? 1 : 0;
    }
  }
  return length;
}
