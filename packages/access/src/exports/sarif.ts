import type { RuleNeed } from '../findings/rule.ts';
import { RULES } from '../findings/rules.ts';
import { exportJson } from './export-json.ts';
import { type ExportedFinding, type ExportSource, isoTime } from './exported-finding.ts';
import { sarifResult, type SarifSettings } from './sarif-result.ts';
import { sarifRule } from './sarif-rule.ts';
import { sarifText } from './sarif-text.ts';

export interface SarifExport {
  readonly findings: Iterable<ExportedFinding>;
  /** Rules that could not judge: they did not find that all is well. */
  readonly notJudged: readonly { readonly ruleId: string; readonly needs: RuleNeed }[];
}

/**
 * A SARIF 2.1.0 log, a result a line, made as it is asked for. All rules are listed, whether they found something or not.
 * GitHub refuses a file of more than 25,000 results whole, and shows the gravest 5,000.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function* sarifLog(
  { findings, notJudged }: SarifExport,
  source: ExportSource,
  settings: SarifSettings,
): Generator<string> {
  const { name, vendor, version } = source.product;
  const driver = { name, organization: vendor, version, rules: RULES.map(sarifRule) };
  const invocation = {
    executionSuccessful: true,
    endTimeUtc: isoTime(source.observedAt),
    toolExecutionNotifications: notJudged.map(({ ruleId, needs }) => ({
      level: 'warning',
      message: { text: sarifText(`${ruleId} could not judge: it needs ${NEED_WORDS[needs] ?? needs}`) },
      associatedRule: { id: ruleId, index: places.get(ruleId) ?? -1 },
    })),
  };
  const head = exportJson({ tool: { driver }, columnKind: 'utf16CodeUnits', invocations: [invocation] });
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[${head.slice(0, -1)},"results":[`;
  let separator = '\n';
  for (const finding of findings) {
    const { ruleId } = finding.finding;
    yield `${separator}${exportJson({ ruleId, ...indexOf(ruleId), ...sarifResult(finding, source, settings) })}`;
    separator = ',\n';
  }
  yield '\n]}]}\n';
}

const NEED_WORDS: Readonly<Partial<Record<RuleNeed, string>>> = {
  earlierSnapshot: 'an earlier snapshot',
  events: 'the events of CloudTrail',
  use: 'the events of CloudTrail',
};

const places = new Map(RULES.map(({ id }, index) => [id, index]));

/** A rule of another version may be gone: then its id has to do. */
function indexOf(ruleId: string): { readonly ruleIndex?: number } {
  const ruleIndex = places.get(ruleId);
  return ruleIndex === undefined ? {} : { ruleIndex };
}
