import { type EcrAction, findEcrAction, nearestEcrAction } from '../ecr/actions.ts';
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
  const near = nearestEcrAction(shown.replace(/^ecr:/i, ''));
  const names = CAPABILITIES.map(({ name }) => `\`${name}\``).join(', ');
  return {
    kind: 'error',
    message: `\`action\` is \`${shown}\`, which is no action of ECR: ${near === null ? 'expected one such as `ecr:PutImage`' : `did you mean \`${near}\`?`} (or one of the capabilities ${names})`,
  };
}
