import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { roleMatch } from '../trust-match.ts';
import { GITHUB, isShared, webIdentityTrusts } from '../web-identity.ts';
import { actionWords } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub */
export const oidcNoSubject: Rule = {
  id: 'ECR-OIDC-NOSUB',
  kinds: ['state'],
  life: 'state',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'critical',
  outsideProduction: 'high',
  what: 'a role that may push trusts an OpenID Connect provider without saying for whom',
  why: 'Whoever gets a token of that provider becomes the role: with GitHub, any workflow of any repository in the world.',
  remedy: 'Add a condition on the `sub` of the provider that spells out the repository and the branch or environment.',
  find: findOpenProviders,
};

const STRANGERS_SUBJECT = 'some-stranger-of-ours:some-project';

function* findOpenProviders(input: FindingInput): Generator<Match> {
  for (const { role, provider, host, subjects, lets } of webIdentityTrusts(input)) {
    const isGithub = host === GITHUB;
    const anybody = isGithub ? 'repo:some-stranger/some-repository:ref:refs/heads/main' : STRANGERS_SUBJECT;
    const verdict = lets(anybody);
    const { actions, isProduction } = role.holding();
    const owners = isGithub && isProduction && verdict === 'no' ? ownersLetIn(subjects, lets) : [];
    if (verdict === 'no' && owners.length === 0) {
      continue;
    }
    const match = roleMatch(role);
    const who = verdict === 'no' ? `every repository of ${owners.join(', ')}` : `whoever has a token of ${host}`;
    yield {
      ...match,
      about: [role.principal.id, provider],
      rights: [...match.rights, `trusts ${who}`],
      title: `${who} can become ${role.principal.name}`,
      what: `The trust policy of ${match.resource} lets in ${who}; the role may ${actionWords(actions)}.`,
      isLessGrave: verdict === 'no' || !isShared(host),
      doubts: [
        ...(match.doubts ?? []),
        ...(verdict === 'unknown' ? ['a part of the trust policy could not be read'] : []),
      ],
    };
  }
}

/** The owners on GitHub for whom any repository will do. */
function ownersLetIn(subjects: readonly string[], lets: (subject: string) => string): string[] {
  const owners = new Set(subjects.flatMap((subject) => /^repo:([\w.-]+)\//.exec(subject)?.[1] ?? []));
  return [...owners].filter(
    (owner) => lets(`repo:${owner}/some-repository-that-nobody-named:ref:refs/heads/main`) === 'yes',
  );
}
