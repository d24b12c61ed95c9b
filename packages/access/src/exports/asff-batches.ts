import { asffFinding, type AsffSettings } from './asff.ts';
import { byteLength } from './bounded-text.ts';
import { exportJson } from './export-json.ts';
import type { ExportedFinding, ExportSource } from './exported-finding.ts';

/** https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html */
const ASFF_BATCH_FINDINGS_MAX = 100;
/** 6 MB, less what stands around the findings. */
const ASFF_BATCH_BYTES_MAX = 5_990_000;

/**
 * Requests of `BatchImportFindings`, one a line, ready for `aws securityhub batch-import-findings --cli-input-json`. Each holds
 * findings of one account and region, because an account imports its own only, into the Security Hub of the region called.
 */
export function* asffBatches(
  findings: Iterable<ExportedFinding>,
  source: ExportSource,
  settings: AsffSettings,
): Generator<string> {
  const places = Map.groupBy(
    findings,
    ({ finding }) => `${finding.accountId ?? settings.accountId} ${settings.region ?? finding.region ?? ''}`,
  );
  for (const place of [...places.keys()].toSorted()) {
    let batch: string[] = [];
    let bytes = 0;
    for (const finding of places.get(place) ?? []) {
      const text = exportJson(asffFinding(finding, source, settings));
      const size = byteLength(text) + 1;
      if (batch.length === ASFF_BATCH_FINDINGS_MAX || bytes + size > ASFF_BATCH_BYTES_MAX) {
        yield requestLine(batch);
        batch = [];
        bytes = 0;
      }
      batch.push(text);
      bytes += size;
    }
    if (batch.length > 0) {
      yield requestLine(batch);
    }
  }
}

function requestLine(batch: readonly string[]): string {
  return `{"Findings":[${batch.join(',')}]}\n`;
}
