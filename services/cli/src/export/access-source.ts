import { type AccessRow, evaluateSnapshot, type EvaluationResult, type Snapshot } from '@ecr-audit/access';
import type { AccessOptions } from '../options/access-options.ts';
import type { CommandContext } from '../context.ts';
import { loadSnapshot, openStoredScan } from '../load-snapshot.ts';
import { storedRows, storedWidths } from './stored-rows.ts';
import type { TableWidths } from './table-lines.ts';

export interface AccessSource {
  /** By principal id, then registry and repository, then action. */
  readonly rows: Iterable<AccessRow> | AsyncIterable<AccessRow>;
  readonly widths: TableWidths;
}

/** The rows of a snapshot directory, evaluated now, or those that the latest scan wrote. */
export async function accessSource(context: CommandContext, options: AccessOptions): Promise<AccessSource> {
  const wantsDenied =
    options.includeDenied || options.decision === 'explicitDeny' || options.decision === 'implicitDeny';
  // What is denied has no row in the database, so it is evaluated from the stored parts.
  if (options.snapshot !== undefined || wantsDenied) {
    const { snapshot } = await loadSnapshot(context, options);
    return evaluated(context, snapshot, wantsDenied);
  }
  const { store, asOf } = await openStoredScan(context, options);
  context.progress.clear();
  return { rows: storedRows(store, asOf), widths: await storedWidths(store, asOf) };
}

function evaluated({ progress, output }: CommandContext, snapshot: Snapshot, includeDenied: boolean): AccessSource {
  const result = evaluateSnapshot(snapshot, {
    includeDenied,
    onProgress: ({ done, total }) => {
      // A changing line between the rows of a table would spoil both.
      if (!output.isTerminal) {
        progress.update('evaluating principals', `${done}/${total}`);
      }
    },
  });
  progress.update(`evaluating ${result.principals.length} principals and ${result.repositories.length} repositories`);
  if (output.isTerminal) {
    progress.clear();
  }
  return { rows: result.rows, widths: widthsOf(result) };
}

function widthsOf({ principals, repositories }: EvaluationResult): TableWidths {
  return {
    principal: Math.max(0, ...principals.map(({ arn }) => arn.length)),
    resource: Math.max(0, ...repositories.map(({ arn }) => arn.length)),
  };
}
