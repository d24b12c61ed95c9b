import { type Finding, type FoundFindings, SEVERITIES } from '@ecr-audit/access';
import { printable } from '../terminal/printable.ts';

type NotJudged = FoundFindings['notJudged'];

/** What was found for people: how many of each severity, then one after the other, then what nobody could judge. */
export function findingsText({ findings, notJudged }: FoundFindings): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const head = counts.length === 0 ? 'nothing was found' : `${findings.length} findings: ${counts.join(', ')}`;
  return printable([head, '', ...findings.flatMap(linesOf), ...unjudgedLines(notJudged)].join('\n'));
}

function linesOf({ severity, ruleId, title, what, repositories, reasons, doubts, remedy }: Finding): string[] {
  const [first] = reasons;
  const production = repositories.inProduction === 0 ? '' : `, ${repositories.inProduction} of them production`;
  return [
    `${severity.toUpperCase().padEnd(8)} ${ruleId}  ${title}`,
    `         ${what}`,
    ...(first === undefined
      ? []
      : [`         because of ${first.policy}, statement ${first.statement} (${first.via})`]),
    ...(repositories.count > 1 ? [`         ${repositories.count} repositories${production}`] : []),
    ...doubts.slice(0, DOUBTS_MAX).map((doubt) => `         but: ${doubt}`),
    `         do:  ${remedy}`,
    '',
  ].map((line) => line.replaceAll('\n', ' '));
}

const DOUBTS_MAX = 3;

const NEED_WORDS: Readonly<Record<NotJudged[number]['needs'], string>> = {
  earlierSnapshot: 'an earlier snapshot (`--before`)',
  events: 'the events of CloudTrail',
  use: 'the events of CloudTrail',
  exceptions: 'the exceptions that a database keeps',
};

/** A rule that had nothing to judge by has not found that all is well. */
function unjudgedLines(notJudged: NotJudged): string[] {
  const groups = Map.groupBy(notJudged, ({ needs }) => NEED_WORDS[needs]);
  const lines = [...groups].map(
    ([words, rules]) => `not judged without ${words}: ${rules.map(({ ruleId }) => ruleId).join(', ')}`,
  );
  return lines.length === 0 ? [] : [...lines, ''];
}
