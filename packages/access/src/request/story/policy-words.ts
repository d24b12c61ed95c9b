import type { Attachment, ExplainedPolicy, ExplainedStatement } from '../explanation.ts';

/** A policy as people call it, and how it is attached: `arn:..., through group developers`. */
export function policyWords({ policy, owner, attachment }: Omit<ExplainedPolicy, 'policyType'>): string {
  const name = owner.kind === 'aws' ? `${policy.split('/').slice(1).join('/')} (AWS managed)` : policy;
  switch (attachment.kind) {
    case 'direct':
      return `${name}, attached directly`;
    case 'inline':
      return `its inline policy ${inlineName(policy)}`;
    case 'group':
      return attachment.isInline
        ? `the inline policy ${inlineName(policy)} of group ${groupName(attachment.group)}`
        : `${name}, through group ${groupName(attachment.group)}`;
    case 'boundary':
    case 'session':
      return name;
    case 'scp':
    case 'rcp':
      return `${policy} at ${levelWords(attachment)}`;
    case 'repository':
      return 'the repository policy';
    case 'registry':
      return `the registry policy of ${attachment.accountId} in ${attachment.region ?? 'any region'}`;
  }
}

/** `OU Workloads (ou-1)`. */
export function levelWords({ level, id, name }: Extract<Attachment, { kind: 'scp' | 'rcp' }>): string {
  const word = level === 'ou' ? 'OU' : level;
  return name === id ? `${word} ${id}` : `${word} ${name} (${id})`;
}

/** `"Sid"`, or `statement 3` where it has none. */
export function statementName({ sid, index }: Pick<ExplainedStatement, 'sid' | 'index'>): string {
  return sid === null ? `statement ${index}` : quoted(sid);
}

/** `Deny "Sid" of POLICY, if CONDITION`; where the condition is known to be met, that it is. */
export function statementWords(statement: ExplainedStatement): string {
  const { condition, writtenCondition } = statement;
  const clause =
    condition === null
      ? writtenCondition === null
        ? ''
        : `, whose condition is met: ${shortened(writtenCondition)}`
      : `, ${shortened(condition)}`;
  return `${nameWords(statement)}${clause}`;
}

/** A statement that would allow and does not. */
export function unmetWords(statement: ExplainedStatement): string {
  return `${nameWords(statement)}, whose condition is not met: ${shortened(statement.writtenCondition ?? 'it never is')}`;
}

function nameWords(statement: ExplainedStatement): string {
  const whom = statement.isNotPrincipal ? ', for all but those under NotPrincipal' : '';
  return `${statement.effect} ${statementName(statement)} of ${policyWords(statement)}${whom}`;
}

/** A quote in a Sid is escaped, so that no Sid can end before it ends. */
function quoted(text: string): string {
  return `"${shortened(text).replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/** The whole is in the JSON; a story that fills screens is not read. */
const TEXT_LENGTH_MAX = 600;

export function shortened(text: string): string {
  return text.length <= TEXT_LENGTH_MAX
    ? text
    : `${text.slice(0, TEXT_LENGTH_MAX)}… (${text.length - TEXT_LENGTH_MAX} more characters in the JSON)`;
}

function inlineName(policy: string): string {
  return policy.slice(policy.indexOf('#inline:') + '#inline:'.length);
}

function groupName(arn: string): string {
  return arn.slice(arn.indexOf(':group/') + ':group/'.length);
}
