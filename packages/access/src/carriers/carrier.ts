import {
  mightConcern,
  POLICY_LENGTHS_MAX,
  type PolicyDocument,
  type Readable,
  renderTemplate,
  type Statement,
} from '@ecr-audit/policy';
import { ECR_ACTIONS, findEcrAction } from '../ecr/actions.ts';
import { isBroken } from '../evaluate/broken-statement.ts';
import type { DocumentProblem } from '../snapshot/model.ts';
import { isAwsManaged, nameDocument } from '../snapshot/named-document.ts';
import { concernsEcr, reachOf } from './ecr-reach.ts';

/** A managed policy as it is listed somewhere. `document` is its text, or the object that it decodes to. */
export interface ManagedPolicyDocument {
  readonly arn: string;
  readonly name: string;
  /** Null where it is not known. */
  readonly version: string | null;
  readonly document: unknown;
}

/** What one statement says of ECR. */
export interface EcrSay {
  /** Every ECR action that its Action element names or, with NotAction, leaves over; in the order of the alphabet. */
  readonly actions: readonly string[];
  /** As written; `not:PATTERN` for what a NotResource leaves out, of those patterns that can be about ECR at all. */
  readonly resources: readonly string[];
  /** Whether a pattern that begins with `ecr:` names any of the actions, rather than a wildcard over all services. */
  readonly explicit: boolean;
  readonly conditional: boolean;
  /** Those of the actions that none of the resources can be asked for: GetAuthorizationToken takes no repository. */
  readonly withoutEffect: readonly string[];
}

/** What one managed policy says of ECR. */
export interface Carrier {
  readonly arn: string;
  readonly name: string;
  readonly version: string | null;
  readonly allows: readonly EcrSay[];
  readonly denies: readonly EcrSay[];
  /** False where the document or a statement cannot be read: what that says of ECR is in neither list. */
  readonly isWhole: boolean;
  readonly problems: readonly DocumentProblem[];
}

/** Reads what a managed policy says of ECR, statement by statement; what cannot be read is a problem. */
export function carrierOf({ arn, name, version, document }: ManagedPolicyDocument): Carrier {
  const problems: DocumentProblem[] = [];
  const lengthMax = isAwsManaged(arn) ? null : POLICY_LENGTHS_MAX.managed;
  const named = nameDocument(arn, document, { kind: 'identity', lengthMax }, problems);
  return { arn, name, version, ...saysOf(named.document), isWhole: isWhole(named.document), problems };
}

/** Whether every statement of a document can be read. */
export function isWhole(document: Readable<PolicyDocument>): boolean {
  return document.kind === 'readable' && !document.value.statements.some(isBroken);
}

/** Whether a policy says anything of ECR, or may because it cannot be read. */
export function saysAnything(carrier: Carrier): boolean {
  return carrier.allows.length > 0 || carrier.denies.length > 0 || !carrier.isWhole;
}

/** A statement that is about ECR. */
export interface EcrStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | null;
  /** Its place in the document. */
  readonly index: number;
  readonly say: EcrSay;
}

/** The statements of a document that are about ECR and can be read, in its order. */
export function ecrStatementsOf(document: Readable<PolicyDocument>): EcrStatement[] {
  const statements = document.kind === 'readable' ? document.value.statements : [];
  return statements.flatMap((statement): EcrStatement[] => {
    const { effect, sid, index } = statement;
    const say = effect.kind === 'readable' && !isBroken(statement) ? sayOf(statement) : null;
    return effect.kind !== 'readable' || say === null ? [] : [{ effect: effect.value, sid, index, say }];
  });
}

/** What the statements of a document say of ECR, by effect. */
function saysOf(document: Readable<PolicyDocument>): Pick<Carrier, 'allows' | 'denies'> {
  const statements = ecrStatementsOf(document);
  const withEffect = (wanted: 'Allow' | 'Deny'): EcrSay[] =>
    statements.filter(({ effect }) => effect === wanted).map(({ say }) => say);
  return { allows: withEffect('Allow'), denies: withEffect('Deny') };
}

function sayOf(statement: Statement): EcrSay | null {
  const actions = ECR_ACTIONS.filter(({ name }) => mightConcern(statement, name));
  const reach = reachOf(statement);
  if (!actions.some(({ resourceType }) => reach[resourceType])) {
    return null;
  }
  return {
    actions: actions.map(({ name }) => name).toSorted(),
    resources: resourcesOf(statement),
    explicit: isExplicit(statement),
    conditional: statement.conditions.length > 0,
    withoutEffect: actions.filter(({ resourceType }) => !reach[resourceType]).map(({ name }) => name),
  };
}

function resourcesOf({ resource }: Statement): string[] {
  if (resource?.kind !== 'readable') {
    return ['*'];
  }
  const { isNegated, patterns } = resource.value;
  if (!isNegated) {
    return patterns.map(({ text }) => text);
  }
  // What a NotResource leaves out of other services leaves ECR whole.
  const leftOut = patterns.filter(({ template }) => concernsEcr(template)).map(({ text }) => `not:${text}`);
  return leftOut.length === 0 ? ['*'] : leftOut;
}

/** What a NotAction leaves over was named by nobody. */
function isExplicit({ action }: Statement): boolean {
  return (
    action.kind === 'readable' &&
    !action.value.isNegated &&
    action.value.patterns.some((pattern) => {
      if (pattern.prefix !== 'ecr') {
        return false;
      }
      const isLiteral = pattern.name.every(({ kind }) => kind === 'text');
      const name = renderTemplate(pattern.name, { wildcards: false, variables: false });
      // A name that ECR does not have names nothing.
      return !isLiteral || findEcrAction(`ecr:${name}`) !== null;
    })
  );
}
