import type { FindingWithException } from '@ecr-audit/store';
import { isOpen, standingOf } from '../sinks/standing.ts';
import { restLines } from '../slack/alert-lines.ts';
import { acknowledgeCommand, approveCommand } from '../slack/commands.ts';
import { blocksMax, fitting } from '../slack/fit-posts.ts';
import { type Block, bold, code, prose } from '../slack/rich-text.ts';
import { standingLine } from '../slack/standing-lines.ts';

/** Why a finding is one, as it stands now: the deciding statements, what is not certain, what to do and what to run. */
export function explainBlocks(found: FindingWithException): readonly Block[] {
  const { finding } = found.state;
  const standing = standingOf(found);
  const now = standingLine(standing, finding.severity);
  const lines = [
    [...bold(`${finding.severity.toUpperCase()} · ${finding.title}`)],
    ...(now === null ? [] : [now]),
    prose(finding.what),
    [
      ...prose('Where: '),
      ...code(finding.resource),
      ...(finding.principal === null
        ? []
        : [...prose(', who: '), ...code(finding.principal.arn ?? finding.principal.id)]),
    ],
    ...restLines(finding),
    [...bold('What to do: '), ...prose(finding.remedy)],
    ...(standing.state.kind === 'open'
      ? [
          [
            ...prose('To say that you look after it: '),
            ...code(acknowledgeCommand(finding.fingerprint, found.targetKey)),
          ],
        ]
      : []),
    ...(isOpen(standing)
      ? [[...prose('To approve it for 30 days: '), ...code(approveCommand(finding.fingerprint, found.targetKey))]]
      : []),
  ];
  return fitting([{ kind: 'lines', lines }], { blocksMax });
}
