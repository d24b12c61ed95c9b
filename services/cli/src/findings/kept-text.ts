import { type FindingState, SEVERITIES } from '@ecr-audit/access';
import type { RecordedFindingChange } from '@ecr-audit/store';
import { z } from 'zod';
import { printable } from '../terminal/printable.ts';
import type { KeptFindings } from './kept-findings.ts';

/** Findings as they are kept, for people: how many of each severity, then one after the other. */
export function keptText({ target, takenAt, findings, unmatchedExceptions }: KeptFindings): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const head = counts.length === 0 ? 'no findings' : `${findings.length} findings: ${counts.join(', ')}`;
  return printable(
    [
      `${target}, as of ${takenAt}: ${head}`,
      ...(unmatchedExceptions === 0
        ? []
        : [`${unmatchedExceptions} exceptions match nothing any more: see \`ecr-audit exceptions list --unmatched\``]),
      '',
      ...findings.flatMap((state) => linesOf(state)),
    ].join('\n'),
  );
}

function linesOf(state: FindingState): string[] {
  const { finding, unseen } = state;
  return [
    `${finding.severity.toUpperCase().padEnd(8)} ${finding.ruleId}  ${finding.title}`,
    `         ${finding.what}`,
    `         ${statusOf(state)}`,
    ...(unseen === null ? [] : [`         not seen this time, and not gone for certain: ${unseen}`]),
    `         do:  ${finding.remedy}`,
    `         ${finding.fingerprint}`,
    '',
  ].map((line) => line.replaceAll('\n', ' '));
}

function statusOf({ status, openedAt, changedAt, reopenedAt, resolvedAt, acknowledged }: FindingState): string {
  const parts = [
    `${status}, first seen ${openedAt}`,
    changedAt === openedAt ? null : `changed ${changedAt}`,
    reopenedAt === null ? null : `again since ${reopenedAt}`,
    resolvedAt === null ? null : `resolved ${resolvedAt}`,
    acknowledged === null ? null : `${acknowledged.by} looks after it since ${acknowledged.at}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

const causeSchema = z
  .object({
    cause: z.object({ eventName: z.string(), actor: z.string(), time: z.string(), eventId: z.string() }).nullable(),
    explanation: z.string().nullable(),
  })
  .nullable()
  .catch(null);

/** What became of one finding, a line a step. */
export function historyText(state: FindingState, changes: readonly RecordedFindingChange[]): string {
  const steps = changes.flatMap(({ at, kind, by, why, severity, cause }) => {
    const known = causeSchema.parse(cause);
    const call = known?.cause ?? null;
    const said = [by === null ? null : `by ${by}`, why].filter((part) => part !== null).join(': ');
    return [
      `${at}  ${kind.padEnd(12)} ${severity}${said === '' ? '' : `  ${said}`}`,
      ...(call === null ? [] : [`    ${call.eventName} at ${call.time} by ${call.actor} (event ${call.eventId})`]),
      ...(typeof known?.explanation !== 'string' ? [] : [`    ${known.explanation}`]),
    ];
  });
  return printable(`${[...linesOf(state), ...steps].join('\n')}\n`);
}
