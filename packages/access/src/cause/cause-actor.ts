import type { SeenChange } from './seen-change.ts';

/** Who made a call: the chain from the credentials back to whoever stands behind them, as far as it was recorded. */
export interface CauseActor {
  /** `user`, `role`, `federatedUser`, `root`, `service`, `account`, `unmapped` and so on. */
  readonly kind: string;
  readonly accountId: string | null;
  /** Of the user or role. */
  readonly arn: string | null;
  readonly name: string | null;
  readonly sessionName: string | null;
  readonly sourceIdentity: string | null;
  /** The person of IAM Identity Center: the name that it gives the session, and the id in its store where that was recorded. */
  readonly identityCenterUser: { readonly name: string | null; readonly id: string | null } | null;
  /** What came with a token, such as a job of a CI system. */
  readonly webIdentity: WebIdentity | null;
  /** The service that called for them, such as `cloudformation.amazonaws.com`. */
  readonly onBehalfOf: string | null;
}

interface WebIdentity {
  readonly provider: string | null;
  /** As the token says; null where the event that began the session was not seen. */
  readonly subject: string | null;
  /** Of a CI system whose subject names it. */
  readonly repository: string | null;
  /** Branch, tag or environment; a branch as `refs/heads/NAME`, as the token says. */
  readonly ref: string | null;
}

export function causeActor({ actor, onBehalfOf }: SeenChange): CauseActor {
  const { kind, accountId, arn, name, sessionName, sourceIdentity } = actor;
  return {
    kind,
    accountId,
    arn,
    name,
    sessionName,
    sourceIdentity,
    identityCenterUser: identityCenterUser(actor),
    webIdentity: webIdentity(actor),
    onBehalfOf,
  };
}

/**
 * Identity Center keeps its roles under a path of its own, which nobody else may use, and names sessions for their users.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function identityCenterUser({
  arn,
  sessionName,
  identityCenterUserId: id,
}: SeenChange['actor']): CauseActor['identityCenterUser'] {
  const isItsRole = arn?.includes(':role/aws-reserved/sso.amazonaws.com/') === true;
  return isItsRole || id !== null ? { name: isItsRole ? sessionName : null, id } : null;
}

function webIdentity({ identityProvider, webIdentitySubject }: SeenChange['actor']): WebIdentity | null {
  if (identityProvider === null && webIdentitySubject === null) {
    return null;
  }
  const subject = webIdentitySubject;
  return { provider: identityProvider, subject, ...(jobOf(subject ?? '') ?? { repository: null, ref: null }) };
}

/**
 * `repo:ORG/NAME:ref:refs/heads/main` of GitHub and `project_path:GROUP/NAME:ref_type:branch:ref:main` of GitLab. Any other
 * subject is told as it stands.
 * https://docs.github.com/en/actions/reference/security/oidc
 * https://docs.gitlab.com/ci/cloud_services/
 */
function jobOf(subject: string): Pick<WebIdentity, 'repository' | 'ref'> | null {
  const parts = subject.split(':');
  const [system, repository = '', kind, ...rest] = parts;
  if (repository === '' || kind === undefined) {
    return null;
  }
  if (system === 'repo') {
    const ref = rest.join(':');
    return { repository, ref: kind === 'ref' ? ref : [kind, ...rest].join(':') };
  }
  if (system === 'project_path') {
    const at = rest.indexOf('ref');
    return { repository, ref: at === -1 ? null : rest.slice(at + 1).join(':') };
  }
  return null;
}
