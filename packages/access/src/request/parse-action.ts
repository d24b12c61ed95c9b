import { ECR_ACTIONS, type EcrAction, findEcrAction } from '../ecr/actions.ts';
import { CAPABILITIES, type CapabilityDefinition, findCapability } from '../ecr/capabilities.ts';

export type RequestedAction =
  | { readonly kind: 'action'; readonly action: EcrAction }
  | { readonly kind: 'capability'; readonly capability: CapabilityDefinition }
  | { readonly kind: 'error'; readonly message: string };

/** Reads the action of a question: an action of private ECR, or a capability such as `push`. */
export function parseRequestedAction(text: string): RequestedAction {
  const capability = findCapability(text);
  if (capability !== null) {
    return { kind: 'capability', capability };
  }
  const action = findEcrAction(text);
  if (action !== null) {
    return { kind: 'action', action };
  }
  const shown = text.slice(0, 100);
  if (text.toLowerCase().startsWith('ecr-public:')) {
    return {
      kind: 'error',
      message: `\`action\` is \`${shown}\`, which belongs to ECR Public: expected an action of private ECR (\`ecr:...\`)`,
    };
  }
  const near = nearestAction(shown);
  const names = CAPABILITIES.map(({ name }) => `\`${name}\``).join(', ');
  return {
    kind: 'error',
    message: `\`action\` is \`${shown}\`, which is no action of ECR: ${near === null ? 'expected one such as `ecr:PutImage`' : `did you mean \`${near}\`?`} (or one of the capabilities ${names})`,
  };
}

const EDITS_MAX = 4;

function nearestAction(text: string): string | null {
  const wanted = text.toLowerCase().replace(/^ecr:/, '');
  const ranked = ECR_ACTIONS.map(({ name }) => ({
    name,
    edits: editDistance(wanted, name.slice('ecr:'.length).toLowerCase()),
  })).toSorted((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= EDITS_MAX ? best.name : null;
}

/** Insertions, deletions and replacements between two short texts. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
