import type { PolicyDocument, Readable } from '@ecr-audit/policy';
import { PRINCIPAL, REPOSITORY } from '../access-matrix.ts';
import type { PolicyType } from '../answer.ts';
import type { EcrPolicySource } from '../evaluate/gates-input.ts';
import type { ActionColumn } from './action-columns.ts';
import { createActionMasks } from './action-masks.ts';
import { type EngineStatement, engineStatement } from './engine-statement.ts';

/**
 * A document in its place, as answers speak of it: two principals whose inline policies have one name and one text share
 * it, as do two repositories with the same policy.
 */
export interface EngineSource {
  readonly number: number;
  readonly policyType: PolicyType;
  /** As in a `Reason`, relative to the cell where the document is the principal's or the repository's own. */
  readonly policy: string;
  readonly via: string;
  /** How what cannot be read in it is labelled. */
  readonly label: string;
  /** Those about any action of the run, in the order of the document; none where it cannot be read. */
  readonly statements: readonly EngineStatement[];
  /** Names a document that cannot be read at all; null for any other. */
  readonly unreadable: string | null;
}

/** Whose policy a document may be: the ARN that its name begins with, or is. */
interface Owner {
  readonly principalArn: string | null;
  readonly repositoryArn: string | null;
}

export interface SourceCatalogue {
  sourceOf(source: EcrPolicySource, owner: Owner): EngineSource;
}

export function createSourceCatalogue(columns: readonly ActionColumn[]): SourceCatalogue {
  const documents = new Map<Readable<PolicyDocument>, number>();
  const documentsByContent = new Map<string, number>();
  const sources = new Map<string, EngineSource>();
  const masks = createActionMasks(columns);
  let statementCount = 0;

  const documentNumber = (document: Readable<PolicyDocument>): number => {
    const known = documents.get(document);
    if (known !== undefined) {
      return known;
    }
    const content = JSON.stringify(document);
    const number = documentsByContent.get(content) ?? documentsByContent.size;
    documentsByContent.set(content, number);
    documents.set(document, number);
    return number;
  };

  const statementsOf = (document: Readable<PolicyDocument>): EngineStatement[] => {
    if (document.kind === 'unreadable') {
      return [];
    }
    return document.value.statements
      .map((statement) => {
        statementCount += 1;
        return engineStatement(statement, { number: statementCount, kind: document.value.kind, masks });
      })
      .filter(({ masks }) => masks.some((mask) => mask !== 0));
  };

  return {
    sourceOf(source, owner) {
      const { document, policyType, via } = source;
      // What cannot be read is labelled with the policy's own name, so such a document is nobody else's.
      const isWhole = document.kind === 'readable' && document.value.problems.length === 0;
      const policy = isWhole ? relativeName(source, owner) : literalName(source.policy);
      const key = `${policyType} ${documentNumber(document)} ${via.length} ${via} ${policy}`;
      const known = sources.get(key);
      if (known !== undefined) {
        return known;
      }
      const made: EngineSource = {
        number: sources.size,
        policyType,
        policy,
        via,
        label: source.policy,
        statements: statementsOf(document),
        unreadable: document.kind === 'unreadable' ? `${source.policy} ${document.problem.place}` : null,
      };
      sources.set(key, made);
      return made;
    },
  };
}

function relativeName({ policyType, policy }: EcrPolicySource, { principalArn, repositoryArn }: Owner): string {
  if (policyType === 'identity' && principalArn !== null && policy.startsWith(`${principalArn}#`)) {
    return `${PRINCIPAL}${policy.slice(principalArn.length)}`;
  }
  return policyType === 'repository' && policy === repositoryArn ? REPOSITORY : literalName(policy);
}

function literalName(policy: string): string {
  return policy.startsWith('@') ? `@${policy}` : policy;
}
