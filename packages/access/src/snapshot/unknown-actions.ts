import type { PolicyDocument, Statement } from '@ecr-audit/policy';
import { ECR_ACTIONS, findEcrAction, nearestEcrAction } from '../ecr/actions.ts';
import type { DocumentProblem } from './model.ts';

/** Actions that a document names and ECR does not have: they match nothing, which is hardly what was meant. */
export function unknownActions(policy: string, document: PolicyDocument): DocumentProblem[] {
  return document.statements.flatMap((statement) =>
    ecrActionsOf(statement)
      .filter((name) => findEcrAction(`ecr:${name}`) === null)
      .map((name) => ({
        policy,
        place: `Statement[${statement.index}].Action`,
        message: `holds \`ecr:${name}\`, which is none of the ${ECR_ACTIONS.length} actions of ECR and matches nothing${hint(name)}`,
      })),
  );
}

/** In lower case and without wildcards; a pattern may well be meant for actions to come. */
function ecrActionsOf(statement: Statement): string[] {
  if (statement.action.kind === 'unreadable') {
    return [];
  }
  return statement.action.value.patterns.flatMap(({ prefix, name }) => {
    const [only] = name;
    return prefix === 'ecr' && name.length === 1 && only?.kind === 'text' ? [only.text] : [];
  });
}

function hint(name: string): string {
  const nearest = nearestEcrAction(name);
  return nearest === null ? '' : `: did you mean \`${nearest}\`?`;
}
