import { renderTemplate, type Statement, type Template } from '@ecr-audit/policy';
import type { EcrAction } from '../ecr/actions.ts';

/** Whether the Resource of a statement can be about anything that actions of a kind are asked for. */
export type EcrReach = Readonly<Record<EcrAction['resourceType'], boolean>>;

/** In place of a character that a policy does not spell out. */
const ANY = '*';
const ONE = '?';

// Any partition, region, account and name.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
const REPOSITORY_SHAPE: readonly Step[] = [
  ...literal('arn:'),
  { kind: 'any' },
  ...literal(':ecr:'),
  { kind: 'any' },
  ...literal(':'),
  { kind: 'any' },
  ...literal(':repository/'),
  { kind: 'any' },
];
// Actions without a resource are asked for on `*`, which only a pattern of wildcards matches.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
const REGISTRY_SHAPE: readonly Step[] = literal('*');

type Step = { readonly kind: 'any' } | { readonly kind: 'text'; readonly text: string };

/** Where a statement reaches; everywhere where its Resource cannot be read or is missing. */
export function reachOf({ resource }: Statement): EcrReach {
  if (resource?.kind !== 'readable') {
    return { repository: true, registry: true };
  }
  const { isNegated, patterns } = resource.value;
  const templates = patterns.map(({ template }) => template);
  return isNegated
    ? {
        repository: !templates.some(coversEveryRepository),
        registry: !templates.some((template) => isCertain(template) && meets(template, REGISTRY_SHAPE)),
      }
    : {
        repository: templates.some((template) => meets(template, REPOSITORY_SHAPE)),
        registry: templates.some((template) => meets(template, REGISTRY_SHAPE)),
      };
}

/** Whether a pattern can match a repository, or the `*` of actions without one. */
export function concernsEcr(template: Template): boolean {
  return meets(template, REPOSITORY_SHAPE) || meets(template, REGISTRY_SHAPE);
}

/** One that leaves out some repositories by anything that it spells out covers not all, so only these do. */
const COVERING = /^(?:\*|arn:\*|arn:[a-z*-]+:ecr:\*|arn:[a-z*-]+:ecr:\*:\*:(?:\*|repository\/\*))$/;

function coversEveryRepository(template: Template): boolean {
  return isCertain(template) && COVERING.test(renderTemplate(template, { wildcards: true, variables: true }));
}

/** A variable may have a value that matches nothing here. */
function isCertain(template: Template): boolean {
  return template.every(({ kind }) => kind !== 'variable');
}

/**
 * Whether some text matches both; a variable may be anything.
 *
 * Costs the product of both lengths, and the shapes are short.
 */
function meets(template: Template, shape: readonly Step[]): boolean {
  const pattern = stepsOf(template);
  let reachable = closed(shape, new Set([0]));
  for (const step of pattern) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (step === ANY) {
        for (let later = at; later <= shape.length; later += 1) {
          next.add(later);
        }
        break;
      }
      const there = shape[at];
      if (there?.kind === 'any') {
        // Nothing in an ARN of a repository but its separators is a colon.
        if (step !== '=:') {
          next.add(at);
        }
      } else if (there !== undefined && (step === ONE || there.text === step.slice(1))) {
        next.add(at + 1);
      }
    }
    reachable = closed(shape, next);
    if (reachable.size === 0) {
      return false;
    }
  }
  return reachable.has(shape.length);
}

/** Whatever runs on may also stand for nothing. In ascending order. */
function closed(shape: readonly Step[], places: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set<number>();
  for (const start of [...places].toSorted((a, b) => a - b)) {
    for (let at = start; !all.has(at); at += 1) {
      all.add(at);
      if (shape[at]?.kind !== 'any') {
        break;
      }
    }
  }
  return new Set([...all].toSorted((a, b) => a - b));
}

/** A wildcard, or one character after a sign, so that a literal star is no wildcard. */
function stepsOf(template: Template): string[] {
  return template.flatMap((token) => {
    switch (token.kind) {
      case 'text':
        return Array.from(token.text, (character) => `=${character}`);
      case 'one':
        return [ONE];
      case 'star':
      case 'variable':
        return [ANY];
    }
  });
}

function literal(text: string): Step[] {
  return Array.from(text, (character): Step => ({ kind: 'text', text: character }));
}
