import { matchTemplate, mightConcern, parseArn, type Statement } from '@ecr-audit/policy';
import { reachOf } from '../carriers/ecr-reach.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { isBroken } from '../evaluate/broken-statement.ts';
import type { NamedDocument } from '../snapshot/model.ts';

/** A statement with the ECR actions that it names and can reach. */
export interface EcrStatement {
  readonly statement: Statement;
  readonly actions: readonly string[];
  readonly repositoryActions: readonly string[];
}

/** What a policy says of ECR, statement by statement. */
export interface EcrStatements {
  readonly allows: readonly EcrStatement[];
  readonly denies: readonly EcrStatement[];
  readonly actions: ReadonlySet<string>;
  /** Whether it says nothing of other services: taking it away touches ECR alone. */
  readonly isOnlyEcr: boolean;
}

const known = new WeakMap<NamedDocument, EcrStatements | null>();

/** Null where a part of the document cannot be read: it may say anything. */
export function ecrStatementsOf(named: NamedDocument): EcrStatements | null {
  const earlier = known.get(named);
  if (earlier !== undefined) {
    return earlier;
  }
  const statements = read(named);
  known.set(named, statements);
  return statements;
}

function read({ document }: NamedDocument): EcrStatements | null {
  if (document.kind === 'unreadable' || document.value.statements.some(isBroken)) {
    return null;
  }
  const { statements } = document.value;
  const withEffect = (wanted: 'Allow' | 'Deny'): EcrStatement[] =>
    statements.flatMap((statement) => {
      const isWanted = statement.effect.kind === 'readable' && statement.effect.value === wanted;
      const reach = reachOf(statement);
      const found = isWanted
        ? ECR_ACTIONS.filter(({ name, resourceType }) => reach[resourceType] && mightConcern(statement, name))
        : [];
      const repositoryActions = found.filter(({ resourceType }) => resourceType === 'repository');
      return found.length === 0
        ? []
        : [
            {
              statement,
              actions: found.map(({ name }) => name),
              repositoryActions: repositoryActions.map(({ name }) => name),
            },
          ];
    });
  const [allows, denies] = [withEffect('Allow'), withEffect('Deny')];
  return {
    allows,
    denies,
    actions: new Set([...allows, ...denies].flatMap(({ actions }) => actions)),
    isOnlyEcr: statements.every(
      ({ action }) =>
        action.kind === 'readable' &&
        !action.value.isNegated &&
        action.value.patterns.every(({ prefix }) => prefix === 'ecr'),
    ),
  };
}

/** Whether a statement may be about a repository, as far as its Resource says. */
export function mayName({ resource }: Statement, repositoryArn: string): boolean {
  if (resource?.kind !== 'readable') {
    return true;
  }
  const { isNegated, patterns } = resource.value;
  return isNegated
    ? !patterns.some(({ template }) => matchTemplate(template, repositoryArn) === 'yes')
    : patterns.some(({ template }) => matchTemplate(template, repositoryArn) !== 'no');
}

/** Whether nobody but the accounts of some list can be meant: they are spelled out in every pattern. */
export function namedAccounts({ resource }: Statement): readonly string[] {
  return resource?.kind === 'readable' && !resource.value.isNegated
    ? resource.value.patterns.flatMap(({ text }) => {
        const accountId = parseArn(text)?.accountId ?? '';
        return /^\d{12}$/.test(accountId) ? [accountId] : [];
      })
    : [];
}
