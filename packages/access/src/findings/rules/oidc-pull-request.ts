import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { roleMatch } from '../trust-match.ts';
import { GITHUB, webIdentityTrusts } from '../web-identity.ts';

/** https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims */
export const oidcPullRequest: Rule = {
  id: 'ECR-OIDC-PR',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'a role that may push is open to pull requests, or to any branch',
  why: 'Code that nobody has reviewed can publish images.',
  remedy: 'Spell out the branch (`:ref:refs/heads/main`), the tags or the environment in the condition on `sub`.',
  find: findPullRequests,
};

function* findPullRequests(input: FindingInput): Generator<Match> {
  for (const { role, provider, host, subjects, lets } of webIdentityTrusts(input)) {
    if (host !== GITHUB) {
      continue;
    }
    const projects = new Map(
      subjects.flatMap((subject) => {
        const project = projectOf(subject);
        return project === null ? [] : [[project.example, project.written] as const];
      }),
    );
    const open = [...projects].flatMap(([project, written]) => {
      const ways = [
        ...(lets(`repo:${project}:pull_request`) === 'yes' ? ['pull requests'] : []),
        ...(lets(`repo:${project}:ref:refs/heads/some-branch-that-nobody-named`) === 'yes' ? ['any branch'] : []),
      ];
      return ways.length === 0 ? [] : [`${ways.join(' and ')} of ${written}`];
    });
    if (open.length > 0) {
      const match = roleMatch(role);
      yield {
        ...match,
        about: [role.principal.id, provider],
        rights: [...match.rights, ...open],
        title: `${open.join(', ')} can publish as ${role.principal.name}`,
        what: `The trust policy of ${match.resource} lets in ${open.join(', ')}.`,
      };
    }
  }
}

/** `owner/name`, with something made up where a pattern stands; null where the subject has another form. */
function projectOf(subject: string): { readonly example: string; readonly written: string } | null {
  const [, project] = /^repo:([^:]+)/.exec(subject) ?? [];
  const [owner, name = '*'] = project?.split('/') ?? [];
  return owner === undefined || owner.includes('*')
    ? null
    : { example: `${owner}/${name.replaceAll(/[*?]+/g, 'x')}`, written: `${owner}/${name}` };
}
