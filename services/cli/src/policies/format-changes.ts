import type { ManagedPolicyChanges } from '@ecr-audit/access';
import { changesCsv } from './changes-csv.ts';
import { changesText } from './changes-text.ts';
import type { PoliciesFormat } from './format-policies.ts';

/** What was changed in managed policies, as text, piece by piece. */
export function* formatChanges(changes: ManagedPolicyChanges, format: PoliciesFormat): Generator<string> {
  switch (format) {
    case 'table':
      yield changesText(changes);
      return;
    case 'json':
      yield `${JSON.stringify(changes, null, 2)}\n`;
      return;
    case 'ndjson':
      yield* lines(changes);
      return;
    case 'csv':
      yield* changesCsv(changes);
      return;
    default:
      format satisfies never;
  }
}

/** Each line has a `kind`: that of the policy's change, or what else it tells. */
function* lines({ changes, together, notKnown }: ManagedPolicyChanges): Generator<string> {
  for (const change of changes) {
    yield `${JSON.stringify(change)}\n`;
  }
  for (const effect of together) {
    yield `${JSON.stringify({ kind: 'together', ...effect })}\n`;
  }
  for (const place of notKnown) {
    yield `${JSON.stringify({ kind: 'notKnown', ...place })}\n`;
  }
}
