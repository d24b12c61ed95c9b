import { ECR_ACTIONS } from '../ecr/actions.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import type { Need } from './needs.ts';
import { type MeantPrefix, resourcePatterns } from './resource-patterns.ts';
import {
  type ConditionJson,
  documentOf,
  lengthOf,
  type SuggestedDocument,
  type SuggestedStatement,
} from './suggested-document.ts';

/** In the order in which people write them. The first family that has an action of a repository takes it. */
const FAMILIES: readonly { readonly sid: string; readonly actions: readonly string[] }[] = [
  { sid: 'Pull', actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] },
  {
    sid: 'Push',
    actions: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
    ],
  },
  { sid: 'Delete', actions: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'] },
  { sid: 'Administer', actions: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'] },
];
const OTHER = 'Other';

/** The prefixes under which a repository to come would have these actions today, under this condition. */
export type PrefixesFor = (actions: readonly string[], condition: ConditionJson) => readonly MeantPrefix[];

/**
 * Writes what is needed in the shape that people use: the token on `*` alone, then pull, push and what else there is, each on
 * its repositories. A push reads the manifest, so that action goes along where nothing is pulled besides.
 */
export function writeStatements(needs: readonly Need[], prefixesFor: PrefixesFor): SuggestedStatement[] {
  const statements: SuggestedStatement[] = [];
  const registry = needs.filter(({ repository }) => repository === null);
  for (const [sid, chosen] of [
    ['Token', registry.filter(({ action }) => action === TOKEN_ACTION)],
    ['Registry', registry.filter(({ action }) => action !== TOKEN_ACTION)],
  ] as const) {
    for (const group of Map.groupBy(chosen, ({ condition }) => JSON.stringify(condition)).values()) {
      statements.push(statement(sid, actionsOf(group), '*', group[0]?.condition ?? {}));
    }
  }
  const byRepository = Map.groupBy(
    needs.filter(({ repository }) => repository !== null),
    ({ repository, condition }) => JSON.stringify([repository?.arn, condition]),
  );
  const grouped = new Map<string, { sid: string; actions: string[]; condition: ConditionJson; needs: Need[] }>();
  for (const each of byRepository.values()) {
    for (const { sid, actions } of familiesOf(actionsOf(each))) {
      const [first] = each;
      if (first !== undefined) {
        const key = JSON.stringify([sid, actions, first.condition]);
        const group = grouped.get(key) ?? { sid, actions, condition: first.condition, needs: [] };
        grouped.set(key, group);
        group.needs.push(first);
      }
    }
  }
  for (const { sid, actions, condition, needs: meant } of [...grouped.values()].toSorted(inFamilyOrder)) {
    const repositories = meant.flatMap(({ repository }) => repository ?? []);
    statements.push(
      statement(sid, actions, resourcePatterns(repositories, prefixesFor(actions, condition)), condition),
    );
  }
  return numbered(statements);
}

/** The documents of at most so many characters that hold the statements; long lists of resources are divided. Null: too many. */
export function splitIntoDocuments(
  statements: readonly SuggestedStatement[],
  { lengthMax, documentsMax }: { readonly lengthMax: number; readonly documentsMax: number },
): SuggestedDocument[] | null {
  if (statements.length === 0) {
    return [];
  }
  const whole = documentOf(statements);
  if (lengthOf(whole) <= lengthMax) {
    return [whole];
  }
  const documents: SuggestedStatement[][] = [[]];
  for (const piece of statements.flatMap((each) => divided(each, lengthMax))) {
    const last = documents.at(-1) ?? [];
    if (lengthOf(documentOf([...last, piece])) <= lengthMax) {
      last.push(piece);
    } else if (lengthOf(documentOf([piece])) > lengthMax || documents.length === documentsMax) {
      return null;
    } else {
      documents.push([piece]);
    }
  }
  return documents.map((each) => documentOf(numbered(each)));
}

/** Pieces of at most a half of a document, so that they fill it well. */
function divided(whole: SuggestedStatement, lengthMax: number): SuggestedStatement[] {
  const { Resource: resources } = whole;
  if (resources === undefined || typeof resources === 'string' || JSON.stringify(whole).length <= lengthMax / 2) {
    return [whole];
  }
  const pieces: string[][] = [[]];
  let length = 0;
  for (const resource of resources) {
    length += resource.length + 3;
    if (length > lengthMax / 3 && (pieces.at(-1) ?? []).length > 0) {
      pieces.push([]);
      length = resource.length + 3;
    }
    pieces.at(-1)?.push(resource);
  }
  return pieces.map((each) => ({ ...whole, Resource: each }));
}

function familiesOf(actions: readonly string[]): { sid: string; actions: string[] }[] {
  const isPush = actions.includes('ecr:PutImage');
  const isPull = actions.includes('ecr:GetDownloadUrlForLayer') || !isPush;
  const families = FAMILIES.map(({ sid, actions: own }) => ({
    sid,
    actions: actions.filter(
      (action) =>
        (own.includes(action) && (sid !== 'Pull' || isPull)) ||
        (sid === 'Push' && isPush && action === 'ecr:BatchGetImage'),
    ),
  }));
  const known = new Set(FAMILIES.flatMap(({ actions: own }) => own));
  const others = { sid: OTHER, actions: actions.filter((action) => !known.has(action)) };
  return [...families, others].filter(({ actions: found }) => found.length > 0);
}

function statement(
  sid: string,
  actions: readonly string[],
  resource: string | readonly string[],
  condition: ConditionJson,
): SuggestedStatement {
  const conditional = Object.keys(condition).length === 0 ? {} : { Condition: condition };
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resource, ...conditional };
}

const order = new Map(ECR_ACTIONS.map(({ name }, index) => [name, index]));

function actionsOf(needs: readonly Need[]): string[] {
  return [...new Set(needs.map(({ action }) => action))].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function inFamilyOrder(a: { readonly sid: string }, b: { readonly sid: string }): number {
  return placeOf(a.sid) - placeOf(b.sid);
}

function placeOf(sid: string): number {
  const place = FAMILIES.findIndex((family) => family.sid === sid);
  return place === -1 ? FAMILIES.length : place;
}

/** A Sid stands once in a document. */
function numbered(statements: readonly SuggestedStatement[]): SuggestedStatement[] {
  const seen = new Map<string, number>();
  return statements.map((each) => {
    const base = (each.Sid ?? '').replace(/\d+$/, '');
    const number = (seen.get(base) ?? 0) + 1;
    seen.set(base, number);
    return { ...each, Sid: number === 1 ? base : `${base}${number}` };
  });
}
