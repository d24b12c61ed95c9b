import type { Severity } from '../findings/finding.ts';
import type { Rule } from '../findings/rule.ts';
import { boundedText } from './bounded-text.ts';
import { sarifText } from './sarif-text.ts';

export type SarifLevel = 'error' | 'warning' | 'note';

export const SARIF_LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What GitHub calls them: above 9 critical, from 7 high, from 4 medium, below low. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
};

/** GitHub's. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const DESCRIPTION_BYTES_MAX = 1024;

/** A rule with its help. `help` is Markdown and text, both of our own words only. */
export function sarifRule({ id, what, why, remedy, severity, kinds }: Rule): Readonly<Record<string, unknown>> {
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: described(what) },
    fullDescription: { text: described(`${sentence(what)} ${why}`) },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
    help: {
      text: sarifText(`${sentence(what)} ${why} ${remedy}`),
      markdown: sarifText(`**${sentence(what)}** ${why}\n\n**What to do:** ${remedy}`),
    },
    properties: {
      tags: ['security', 'ecr', 'iam', ...kinds],
      precision: 'high',
      'security-severity': SECURITY_SEVERITIES[severity],
      'problem.severity': SARIF_LEVELS[severity] === 'note' ? 'recommendation' : SARIF_LEVELS[severity],
    },
  };
}

function described(text: string): string {
  return boundedText(sarifText(text), DESCRIPTION_BYTES_MAX).text;
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return first.endsWith('.') ? first : `${first}.`;
}

/** `ECR-PUB-PUSH` as `EcrPubPush`, as names of rules are written. */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}
