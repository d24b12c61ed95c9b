import type { CapabilityDefinition } from '../ecr/capabilities.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import { type Caller, findCaller } from '../evaluate/caller.ts';
import type { ActionQuestion } from '../evaluate/evaluate-action.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import { namedTarget, registryTarget, type Target } from '../evaluate/target.ts';
import type { DocumentProblem, Snapshot } from '../snapshot/model.ts';
import { nameDocument } from '../snapshot/named-document.ts';
import { parseRequestedAction, type RequestedAction } from './parse-action.ts';
import { parseRequestedResource, type RequestedResource } from './parse-resource.ts';
import { type AccessRequest, accessRequestSchema } from './request-schema.ts';

/** A question that can be answered. `capability` is null where it is about one action. */
export interface PreparedQuestion {
  readonly kind: 'question';
  readonly id: string | number | undefined;
  readonly question: ActionQuestion;
  readonly capability: CapabilityDefinition | null;
  readonly limits: readonly LimitCode[];
  /** The condition keys that the question states, in lower case, with their names as it writes them. */
  readonly writtenKeys: ReadonlyMap<string, string>;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SESSION_POLICY = { kind: 'identity', lengthMax: 2048 } as const;

export interface RefusedQuestion {
  readonly kind: 'refused';
  readonly id: string | number | undefined;
  readonly message: string;
  /** The names that the snapshot does not have, or that are no ARNs. */
  readonly unknown: { readonly principal?: string; readonly resource?: string };
}

/** Checks a question against the snapshot; whatever is wrong with it is a refusal that says what was expected. */
export function prepareQuestion(snapshot: Snapshot, input: unknown): PreparedQuestion | RefusedQuestion {
  const parsed = accessRequestSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = (issue?.path ?? []).map(String).join('.');
    const message = `malformed request${place === '' ? '' : ` at \`${place}\``}: ${issue?.message ?? 'expected an object'}`;
    return refused(idOf(input), message);
  }
  const request = parsed.data;
  const twice = keyGivenTwice(request);
  if (twice !== null) {
    return refused(request.id, `\`context\` names \`${twice}\` twice: names of condition keys are case-insensitive`);
  }
  const action = parseRequestedAction(request.action);
  const resource = parseRequestedResource(request.resource, snapshot.partition);
  const caller = findCaller(snapshot, request.principal);
  if (action.kind === 'error') {
    return refused(request.id, action.message);
  }
  if (resource.kind === 'error') {
    return refused(request.id, resource.message, { resource: request.resource });
  }
  if (caller.kind === 'error') {
    return refused(request.id, caller.message, { principal: request.principal });
  }
  const target = targetOf({ snapshot, request, action, resource, caller: caller.caller });
  if (target.kind === 'error') {
    return refused(request.id, target.message);
  }
  const problems: DocumentProblem[] = [];
  const passed = request.sessionPolicies ?? [];
  // A session that is passed an empty list is one without a session policy.
  const sessionPolicies =
    passed.length === 0
      ? null
      : passed.map((document, index) => nameDocument(`session policy ${index}`, document, SESSION_POLICY, problems));
  return {
    kind: 'question',
    id: request.id,
    capability: action.kind === 'capability' ? action.capability : null,
    limits: target.limits,
    writtenKeys: new Map(Object.keys(request.context ?? {}).map((key) => [key.toLowerCase(), key])),
    question: {
      snapshot,
      caller: caller.caller,
      target: target.target,
      action: action.kind === 'action' ? action.action.name : '',
      given: givenContext(request),
      isComplete: request.contextComplete === true,
      sessionPolicies,
    },
  };
}

function refused(
  id: string | number | undefined,
  message: string,
  unknown: RefusedQuestion['unknown'] = {},
): RefusedQuestion {
  return { kind: 'refused', id, message, unknown };
}

function idOf(input: unknown): string | number | undefined {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

function keyGivenTwice(request: AccessRequest): string | null {
  const keys = Object.keys(request.context ?? {});
  const lower = keys.map((key) => key.toLowerCase());
  return keys.find((_, index) => lower.indexOf(lower[index] ?? '') !== index)?.slice(0, 100) ?? null;
}

function givenContext(request: AccessRequest): ReadonlyMap<string, readonly string[] | null> {
  return new Map(
    Object.entries(request.context ?? {}).map(([key, value]) => [
      key.toLowerCase(),
      value === null ? null : (Array.isArray(value) ? value : [value]).map(String),
    ]),
  );
}

interface TargetInput {
  readonly snapshot: Snapshot;
  readonly request: AccessRequest;
  readonly action: Exclude<RequestedAction, { kind: 'error' }>;
  readonly resource: Exclude<RequestedResource, { kind: 'error' }>;
  readonly caller: Caller;
}

type TargetResult =
  | { readonly kind: 'target'; readonly target: Target; readonly limits: readonly LimitCode[] }
  | { readonly kind: 'error'; readonly message: string };

function targetOf(input: TargetInput): TargetResult {
  const { resource, request, action } = input;
  if (resource.kind === 'repository' && request.region !== undefined && request.region !== resource.region) {
    return {
      kind: 'error',
      message: `region \`${request.region}\` contradicts \`${resource.arn}\`: expected \`${resource.region}\``,
    };
  }
  if (action.kind === 'action' && action.action.resourceType === 'registry') {
    return registryQuestion(input, action.action.name);
  }
  if (resource.kind === 'repository') {
    return repositoryQuestion(input, resource);
  }
  if (action.kind === 'capability') {
    return {
      kind: 'error',
      message: `\`${action.capability.name}\` is about one repository: expected its ARN as \`resource\``,
    };
  }
  const registry = ownRegistry(input);
  return registry.kind === 'error' ? registry : { ...registry, limits: ['noRepositoryNamed'] };
}

function repositoryQuestion(
  input: TargetInput,
  resource: Extract<RequestedResource, { kind: 'repository' }>,
): TargetResult {
  const target = namedTarget(input.snapshot, resource);
  const isCreation = input.action.kind === 'action' && input.action.action.name === 'ecr:CreateRepository';
  if (!input.snapshot.accounts.has(resource.accountId)) {
    return { kind: 'target', target, limits: ['outsideRegistry'] };
  }
  const isMissing = target.repository === null && target.isListed && !isCreation;
  return { kind: 'target', target, limits: isMissing ? ['repositoryNotInSnapshot'] : [] };
}

/** Actions without a repository are about the caller's own registry, whatever resource the question names. */
function registryQuestion(input: TargetInput, action: string): TargetResult {
  const registry = ownRegistry(input);
  if (registry.kind === 'error' || input.resource.kind === 'any') {
    return registry;
  }
  return { ...registry, limits: [action === TOKEN_ACTION ? 'tokenHasNoResource' : 'registryActionHasNoResource'] };
}

function ownRegistry(input: TargetInput): TargetResult {
  const accountId = input.caller.request.accountId;
  if (accountId === null) {
    return {
      kind: 'error',
      message: '`*` is the registry of the caller, and this principal has no account: expected a repository ARN',
    };
  }
  const region = (input.resource.kind === 'repository' ? input.resource.region : input.request.region) ?? null;
  return {
    kind: 'target',
    target: registryTarget(accountId, region),
    limits: region === null ? ['regionNotGiven'] : [],
  };
}
