import type { ExplainedAction, ExplainedGate, Explanation } from '../explanation.ts';
import { levelWords, policyWords } from './policy-words.ts';

type Caller = Pick<Explanation, 'principal' | 'principalKind'>;

/** What a gate that decides has to say, as a sentence; the statements follow below it. */
export function decisiveSentence(gate: ExplainedGate, action: ExplainedAction, caller: Caller): string {
  const title = subjectOf(gate);
  switch (gate.verdict) {
    case 'denies':
      return `${title} ${verb(gate, 'denies', 'deny')} it:`;
    case 'deniesConditionally': {
      const allows = gate.statements.some(({ effect }) => effect === 'Allow');
      const also = allows ? ` ${verb(gate, 'allows', 'allow')} it, and` : '';
      return `${title}${also} ${verb(gate, 'denies', 'deny')} it under a condition:`;
    }
    case 'allows':
      return isRootUser(gate)
        ? 'It is the root user of the account, which needs no policy.'
        : `${title} ${verb(gate, 'allows', 'allow')} it:`;
    case 'allowsConditionally':
      return `${title} ${verb(gate, 'allows', 'allow')} it under a condition:`;
    case 'noAllow':
      return delegates(gate)
        ? `${title} ${verb(gate, 'names', 'name')} the account alone, which leaves it to identity policies:`
        : missingSentence(gate, action, caller);
    case 'notRead':
      return unreadSentence(gate, caller);
  }
}

/** What a gate that does not decide has to say, in a few words. */
export function passingPhrase(gate: ExplainedGate, { decision }: ExplainedAction, caller: Caller): string {
  const title = titleOf(gate);
  const isDenied = decision === 'explicitDeny' || decision === 'implicitDeny';
  switch (gate.verdict) {
    case 'denies':
      return `${title}: ${verb(gate, 'denies', 'deny')} it`;
    case 'deniesConditionally':
      return `${title}: ${verb(gate, 'denies', 'deny')} it under a condition`;
    case 'allows':
      return isRootUser(gate)
        ? 'Identity policies: the root user of the account needs none'
        : gate.gate === 'rcp'
          ? `${title}: none denies it`
          : `${title}: ${verb(gate, 'allows', 'allow')} it`;
    case 'allowsConditionally':
      return `${title}: ${verb(gate, 'allows', 'allow')} it under a condition`;
    case 'noAllow': {
      if (delegates(gate)) {
        return `${title}: ${verb(gate, 'names', 'name')} the account alone, which leaves it to identity policies`;
      }
      if (gate.gate === 'resource' && gate.policies.length === 0) {
        return `${title}: none`;
      }
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
      const isPassed = !isDenied && (gate.gate === 'permissionsBoundary' || gate.gate === 'session');
      return `${title}: ${verb(gate, 'has', 'have')} no Allow for it${isPassed ? ', and no say over a repository policy that names the caller itself or everyone' : ''}`;
    }
    case 'notRead':
      return `${title}: ${
        isForeignSide(gate, caller)
          ? 'not ours to read'
          : gate.unread.length > 0
            ? 'not read in full'
            : verb(gate, 'rests on something that was not read', 'rest on something that was not read')
      }`;
  }
}

export const GATE_NAMES: Readonly<Record<ExplainedGate['gate'], string>> = {
  identity: 'identity policies',
  permissionsBoundary: 'permissions boundary',
  session: 'session policy',
  scp: 'SCPs',
  rcp: 'RCPs',
  resource: 'repository and registry policies',
};

/** `root Root (r-1)`, `OU Workloads (ou-1)`. */
export function levelOf({ label, policies }: ExplainedGate): string {
  const attachment = policies[0]?.attachment;
  return attachment?.kind === 'scp' ? levelWords(attachment) : label;
}

/** The principal as a noun: `the role`. */
export function callerNoun({ principalKind }: Pick<Caller, 'principalKind'>): string {
  switch (principalKind) {
    case 'user':
      return 'the user';
    case 'role':
    case 'session':
      return 'the role';
    case 'federatedUser':
      return 'the federated user';
    case 'root':
      return 'the root user';
    case 'service':
      return 'the service';
    case 'external':
      return 'the caller';
  }
}

export function isRootUser({ gate, label }: ExplainedGate): boolean {
  return gate === 'identity' && label === 'root user';
}

/** An Allow that names the caller's own account grants nothing by itself. */
function delegates({ verdict, statements }: ExplainedGate): boolean {
  return verdict === 'noAllow' && statements.some(({ effect }) => effect === 'Allow');
}

function titleOf(gate: ExplainedGate): string {
  const name = gate.gate === 'resource' ? resourceNames(gate) : GATE_NAMES[gate.gate];
  const at = gate.gate === 'scp' ? ` at ${levelOf(gate)}` : '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${at}`;
}

function subjectOf(gate: ExplainedGate): string {
  const title = titleOf(gate);
  return verb(gate, `The ${title.charAt(0).toLowerCase()}${title.slice(1)}`, title);
}

/** Those of the two that say something; where neither does, those that there are. */
function resourceNames({ policies, statements, verdict }: ExplainedGate): string {
  const effect = verdict === 'denies' || verdict === 'deniesConditionally' ? 'Deny' : 'Allow';
  const speaking = statements.filter((statement) => statement.effect === effect);
  const types = new Set((speaking.length > 0 ? speaking : policies).map(({ policyType }) => policyType));
  return types.size === 2 ? GATE_NAMES.resource : types.has('registry') ? 'registry policy' : 'repository policy';
}

function verb(gate: ExplainedGate, singular: string, plural: string): string {
  return /(?:policies|CPs)\b/.test(titleOf(gate)) ? plural : singular;
}

function missingSentence(gate: ExplainedGate, action: ExplainedAction, caller: Caller): string {
  const names = gate.policies.map((policy) => policyWords(policy));
  switch (gate.gate) {
    case 'identity':
      return names.length === 0
        ? `No identity policy allows it: ${callerNoun(caller)} has none.`
        : `No identity policy of ${callerNoun(caller)} allows it. It has: ${listed(names)}.`;
    case 'permissionsBoundary':
      return `The permissions boundary ${listed(names)} does not allow it.`;
    case 'session':
      return 'The session policy does not allow it.';
    case 'scp': {
      const attached = gate.policies.map(({ policy }) => policy);
      return `No SCP at ${levelOf(gate)} allows it, and each level must. Attached there: ${attached.length === 0 ? 'none' : listed(attached)}.`;
    }
    case 'rcp':
      return 'No RCP allows it.';
    case 'resource': {
      const both =
        action.isSameAccount || caller.principalKind === 'service' ? '' : ', and across accounts both sides must';
      const withoutOwn =
        action.resource !== '*' && !gate.policies.some(({ policyType }) => policyType === 'repository');
      return gate.policies.length === 0
        ? `The ${action.resource === '*' ? 'registry' : 'repository'} has no policy that could allow it${both}.`
        : `${subjectOf(gate)} ${verb(gate, 'does', 'do')} not allow it${both}.${withoutOwn ? ' The repository has no policy.' : ''}`;
    }
  }
}

function unreadSentence(gate: ExplainedGate, caller: Caller): string {
  if (isForeignSide(gate, caller)) {
    return 'Its own policies are not ours to read: its account is not in the snapshot.';
  }
  return gate.unread.length === 0
    ? `${subjectOf(gate)} ${verb(gate, 'rests', 'rest')} on something that was not read:`
    : 'What has a say here was not read:';
}

/** The identity policies of a caller from outside: that they are unread is no failure, and has no other reason. */
export function isForeignSide({ gate }: ExplainedGate, { principalKind }: Pick<Caller, 'principalKind'>): boolean {
  return gate === 'identity' && principalKind === 'external';
}

const NAMES_MAX = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - NAMES_MAX;
  return `${names.slice(0, NAMES_MAX).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}
