import type { ExplainedAction, ExplainedGate, ExplainedStatement, Explanation } from '../explanation.ts';
import { decisiveSentence, GATE_NAMES, isForeignSide, isRootUser, passingPhrase } from './gate-words.ts';
import { policyWords, shortened, statementName, statementWords, unmetWords } from './policy-words.ts';
import { remedy } from './remedy.ts';

/** One action: the gates that decide with their statements, what would have to change, then the others in short. */
export function tellAction(action: ExplainedAction, explanation: Explanation): string[] {
  const decisive = action.gates.filter(({ decides }) => decides);
  const passing = tellOthers(action, explanation).map((line) => `  ${line}`);
  return [
    ...decisive.flatMap((gate) => [
      decisiveSentence(gate, action, explanation),
      ...tellDecisive(gate, action, explanation),
    ]),
    ...remedy(action, explanation),
    ...(passing.length === 0 ? [] : ['The other gates:', ...passing]),
    ...tellAbsent(action),
  ];
}

function tellDecisive(gate: ExplainedGate, { decision }: ExplainedAction, explanation: Explanation): string[] {
  // Beside a statement that denies in any case, those that deny under a condition decide nothing.
  const weighed = decision === 'explicitDeny' ? gate.statements.filter(({ decides }) => decides) : gate.statements;
  return bulleted([...tellUnread(gate, explanation), ...weighed.map(statementWords), ...gate.unmet.map(unmetWords)]);
}

function tellUnread(gate: ExplainedGate, explanation: Explanation): string[] {
  return isForeignSide(gate, explanation)
    ? []
    : gate.unread.map(({ what, why }) => (why === null ? what : `${what}: ${why}`));
}

const LINES_MAX = 8;

function bulleted(lines: readonly string[]): string[] {
  const rest = lines.length - LINES_MAX;
  const told = rest > 0 ? [...lines.slice(0, LINES_MAX), `and ${rest} more, in the JSON`] : lines;
  return told.map((line) => `  - ${line}`);
}

/** In the order in which they are asked; the levels at which nothing is said but a plain Allow are one line. */
function tellOthers(action: ExplainedAction, explanation: Explanation): string[] {
  const others = action.gates.filter((gate) => !gate.decides && !isSilent(gate, action));
  const plain = others.filter(({ gate, verdict }) => gate === 'scp' && verdict === 'allows');
  const levels = action.gates.filter(({ gate }) => gate === 'scp').length;
  return others.flatMap((gate) => {
    if (!plain.includes(gate)) {
      return tellPassing(gate, action, explanation);
    }
    const policies = new Set(plain.flatMap(({ statements }) => statements.map(({ policy }) => policy)));
    const where = plain.length < levels ? 'every other level' : 'every level';
    return gate === plain[0] ? [`SCPs: allow it at ${where}, by ${[...policies].join(', ')}`] : [];
  });
}

/** A gate without a say that says nothing: it is named as absent. */
function isSilent({ gate, statements, verdict }: ExplainedGate, { absentGates }: ExplainedAction): boolean {
  return verdict === 'noAllow' && statements.length === 0 && absentGates.some((absent) => absent.gate === gate);
}

function tellPassing(gate: ExplainedGate, action: ExplainedAction, explanation: Explanation): string[] {
  const phrase = passingPhrase(gate, action, explanation);
  const unread = tellUnread(gate, explanation);
  // What a gate denies under a condition is of interest here, and not that it allows besides.
  const isDeny = gate.verdict === 'denies' || gate.verdict === 'deniesConditionally';
  const told = isDeny ? gate.statements.filter(({ effect }) => effect === 'Deny') : gate.statements;
  const [only, ...more] = told;
  if (only === undefined || isRootUser(gate)) {
    return unread.length === 0 ? [phrase] : [`${phrase}:`, ...bulleted(unread)];
  }
  if (unread.length === 0 && told.every(({ condition }) => condition === null)) {
    return [`${phrase}: ${short(only)}${more.length === 0 ? '' : `, and ${more.length} more`}`];
  }
  return [`${phrase}:`, ...bulleted([...unread, ...told.map(statementWords)])];
}

function short(statement: ExplainedStatement): string {
  return shortened(`${statementName(statement)} of ${policyWords(statement)}`);
}

/** That no session policy was given is told with what is taken for granted. */
function tellAbsent({ absentGates }: ExplainedAction): string[] {
  const told = absentGates.filter(({ gate }) => gate !== 'session');
  return told.length === 0
    ? []
    : [`No say: ${told.map(({ gate, reason }) => `${GATE_NAMES[gate]} (${reason})`).join(', ')}`];
}
