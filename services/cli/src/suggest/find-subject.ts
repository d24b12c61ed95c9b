import type { Snapshot } from '@ecr-audit/access';
import { CliError } from '../errors.ts';

/** What a policy is wanted for. */
export type Subject =
  | { readonly kind: 'principal'; readonly id: string; readonly arn: string }
  | { readonly kind: 'repository'; readonly arn: string };

const SHOWN_MAX = 5;

/** The one user, role or repository with this ARN, unique id or name. Throws `optionInvalid` for none, and for several. */
export function findSubject(snapshot: Snapshot, who: string): Subject {
  const all = subjectsOf(snapshot);
  const exact = all.filter(
    ({ subject }) => subject.arn === who || (subject.kind === 'principal' && subject.id === who),
  );
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name === who);
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    return only.subject;
  }
  const near = (found.length > 0 ? found : all.filter(({ name }) => isNear(name, who)))
    .slice(0, SHOWN_MAX)
    .map(({ subject }) => `\`${subject.arn}\``)
    .join(', ');
  throw new CliError(
    'optionInvalid',
    found.length > 1
      ? `\`${who}\` is ${found.length} things in this snapshot: expected one of ${near}`
      : `cannot find \`${who}\` in this snapshot: expected a user, role or repository by ARN, unique id or name${near === '' ? '' : `, such as ${near}`}`,
  );
}

function subjectsOf(snapshot: Snapshot): { readonly name: string; readonly subject: Subject }[] {
  return [...snapshot.accounts.values()].flatMap(({ iam, regions }) => [
    ...(iam?.principals ?? []).map(({ id, arn, name }) => ({ name, subject: { kind: 'principal', id, arn } as const })),
    ...[...regions.values()].flatMap(({ repositories }) =>
      [...(repositories?.values() ?? [])].map(({ arn, name }) => ({
        name,
        subject: { kind: 'repository', arn } as const,
      })),
    ),
  ]);
}

function isNear(name: string, who: string): boolean {
  const last = (who.split(/[/:]/).at(-1) ?? '').toLowerCase();
  const lower = name.toLowerCase();
  return last !== '' && (lower.includes(last) || (lower.length > 2 && last.includes(lower)));
}
