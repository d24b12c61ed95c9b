import type { Finding } from '../findings/finding.ts';
import type { FoundFindings } from '../findings/find-findings.ts';
import { breakGlass } from '../findings/rules/break-glass.ts';
import type { FindingException } from './finding-state.ts';
import { isOpenAt, whyNotCovered } from './judge-exceptions.ts';

/**
 * Adds what was approved once and is not any more: its time is over, or it has become more than was approved. As grave as the
 * matter itself, and about it, so that it is the same finding until somebody approves or ends the matter. `originals` are the
 * fingerprints of the matters.
 */
export function withBrokenExceptions(
  { findings, notJudged, because }: FoundFindings,
  exceptions: readonly FindingException[],
  { at, digest }: { readonly at: string; readonly digest: (text: string) => string },
): { readonly found: FoundFindings; readonly originals: ReadonlySet<string> } {
  const of = Map.groupBy(exceptions, ({ fingerprint }) => fingerprint);
  const originals = new Set<string>();
  const broken = findings.flatMap((finding): Finding[] => {
    const [newest] = (of.get(finding.fingerprint) ?? []).toSorted((a, b) => (a.approvedAt < b.approvedAt ? 1 : -1));
    const covers = of.get(finding.fingerprint)?.some((each) => whyNotCovered(finding, each, at) === null) ?? false;
    if (newest === undefined || covers) {
      return [];
    }
    originals.add(finding.fingerprint);
    const why = whyNotCovered(finding, newest, at) ?? '';
    return [
      {
        ...finding,
        ruleId: breakGlass.id,
        fingerprint: digest(JSON.stringify([breakGlass.id, finding.fingerprint])),
        title: isOpenAt(newest, at)
          ? `More than was approved: ${finding.title}`
          : `No longer approved: ${finding.title}`,
        what: `${finding.what} ${why}. The reason was: ${newest.reason}`,
        why: breakGlass.why,
        remedy: breakGlass.remedy,
      },
    ];
  });
  const found = {
    findings: [...findings, ...broken],
    notJudged: notJudged.filter(({ ruleId }) => ruleId !== breakGlass.id),
    because,
  };
  return { found, originals };
}
