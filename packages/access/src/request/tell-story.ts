import type { ExplainedAction, ExplainedGate, ExplainedStatement, Explanation } from './explain-request.ts';

/** The explanation as a short text for a person, one line an entry, without colours. */
export function tellStory(explanation: Explanation): string[] {
  const { principal, action, resource, region } = explanation;
  const where = resource === '*' ? `the registry in ${region ?? 'any region'}` : resource;
  return [
    `${HEADLINES[explanation.decision]}: ${principal} ${VERBS[explanation.decision]} ${action} on ${where}`,
    ...(explanation.condition === null ? [] : [`  ${explanation.condition}`]),
    '',
    ...(explanation.actions.length > 1 ? tellTogether(explanation.actions) : explanation.actions.flatMap(tellGates)),
    ...listed(
      'Limits of this answer',
      explanation.limits.map((limit) => `${limit.message} (${limit.code})`),
    ),
    ...listed('Taken for granted', explanation.assumptions),
  ];
}

const HEADLINES: Readonly<Record<Explanation['decision'], string>> = {
  allowed: 'ALLOWED',
  explicitDeny: 'DENIED by a statement',
  implicitDeny: 'DENIED because nothing allows it',
  conditional: 'IT DEPENDS on the request',
  unknown: 'UNKNOWN because not everything could be read',
};

const VERBS: Readonly<Record<Explanation['decision'], string>> = {
  allowed: 'may',
  explicitDeny: 'may not',
  implicitDeny: 'may not',
  conditional: 'may',
  unknown: 'may or may not',
};

/** The actions of a capability: those with the same story are told once. */
function tellTogether(actions: readonly ExplainedAction[]): string[] {
  const stories = Map.groupBy(actions, (action) =>
    JSON.stringify([action.resource, action.decision, action.condition, tellGates(action)]),
  );
  return [...stories.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const names = group.map(({ action }) => action).join(', ');
    const condition = first.condition === null ? [] : [`  ${first.condition}`];
    const gates = tellGates(first).map((line) => (line === '' ? '' : `  ${line}`));
    return [`${names} on ${first.resource}: ${first.decision}`, ...condition, ...gates];
  });
}

function tellGates({ gates }: ExplainedAction): string[] {
  // The levels where only AWS's own FullAWSAccess speaks are many, and say nothing.
  const plain = gates.filter(isPlainLevel);
  const [firstPlain] = plain;
  const lines = gates.flatMap((gate) => {
    if (plain.length < 2 || !isPlainLevel(gate)) {
      return tellGate(gate);
    }
    const levels = plain.map(({ label }) => label).join(', ');
    return gate === firstPlain ? [`${GATE_TITLES.scp} at ${levels}: allow, each by ${FULL_ACCESS}`] : [];
  });
  return [...lines, ''];
}

const FULL_ACCESS = 'FullAWSAccess';

function isPlainLevel({ gate, verdict, statements }: ExplainedGate): boolean {
  return (
    gate === 'scp' &&
    verdict === 'allows' &&
    statements.length === 1 &&
    statements.every(
      ({ effect, policy, condition }) => effect === 'Allow' && policy === FULL_ACCESS && condition === null,
    )
  );
}

function tellGate(gate: ExplainedGate): string[] {
  const title = `${GATE_TITLES[gate.gate]}${gate.gate === 'scp' ? ` at ${gate.label}` : ''}`;
  return [`${title}: ${gateSentence(gate)}`, ...gate.statements.map((statement) => `  - ${tellStatement(statement)}`)];
}

const GATE_TITLES: Readonly<Record<ExplainedGate['gate'], string>> = {
  identity: 'Identity policies',
  permissionsBoundary: 'Permissions boundary',
  session: 'Session policy',
  scp: 'Service control policies',
  rcp: 'Resource control policies',
  resource: 'Repository and registry policy',
};

/** A gate that only denies has nothing to allow with. */
function gateSentence(gate: ExplainedGate): string {
  if (gate.gate === 'rcp' && gate.verdict === 'allows') {
    return 'do not deny';
  }
  return gate.label === 'root user' ? 'allowed by default, as the root user of the account' : SENTENCES[gate.verdict];
}

const SENTENCES: Readonly<Record<ExplainedGate['verdict'], string>> = {
  allows: 'allow',
  allowsConditionally: 'allow under a condition',
  noAllow: 'nothing here allows it',
  denies: 'deny',
  deniesConditionally: 'deny under a condition',
  notRead: 'could not be read in full',
};

function tellStatement({ effect, statement, policy, via, condition }: ExplainedStatement): string {
  const name = /^\d+$/.test(statement) ? `statement ${statement}` : `"${statement}"`;
  return `${effect} ${name} of ${policy} (${via})${condition === null ? '' : `, ${condition}`}`;
}

function listed(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map((entry) => `  - ${entry}`)];
}
