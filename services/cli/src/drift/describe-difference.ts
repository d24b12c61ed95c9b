import type { ConfigurationDifference, UnknownConfiguration } from '@ecr-audit/access';

const words: Readonly<Record<ConfigurationDifference['kind'], string>> = {
  inlinePolicy: 'inline policy',
  attachment: 'attached policy',
  managedPolicy: 'managed policy',
  boundary: 'permissions boundary',
  groupMembership: 'membership',
  principalTags: 'tags',
  trust: 'trust policy',
  principal: 'principal',
  group: 'group',
  repositoryPolicy: 'repository policy',
  repositoryTags: 'repository tags',
  repository: 'repository',
  registryPolicy: 'registry policy',
  registryScope: 'registry policy scope',
  registrySetting: 'registry setting',
  scp: 'service control policy',
  rcp: 'resource control policy',
  organizationAttachment: 'policy of the organization',
  accountMoved: 'place in the organization',
  account: 'account',
};

/** A difference in one line: what it is about and what became of it. */
export function describeDifference(difference: ConfigurationDifference): string {
  const { kind, change, subjects, policy, statements } = difference;
  const [subject = ''] = subjects;
  const about = subjectText(subject);
  switch (kind) {
    case 'inlinePolicy':
      return `${words[kind]} ${quoted((policy ?? '').split('#inline:').at(-1) ?? '')} of ${about} ${change}${statementsText(statements)}`;
    case 'attachment':
      return `${words[kind]} ${quoted(policy ?? '')} of ${about} ${change === 'added' ? 'attached' : 'detached'}`;
    case 'boundary':
      return `${words[kind]} of ${about} ${change}${fromTo(difference)}`;
    case 'groupMembership':
      return `${about} ${change === 'added' ? 'put into' : 'taken out of'} ${subjectText(subjects[1] ?? '')}`;
    case 'principal':
      return change === 'changed' ? `${about} deleted and made again, or renamed` : `${about} ${lifeText(change)}`;
    case 'repository':
      return change === 'changed' ? `${about} deleted and made again` : `${about} ${lifeText(change)}`;
    case 'group':
    case 'account':
      return `${about} ${lifeText(change)}`;
    case 'principalTags':
    case 'repositoryTags':
    case 'registryScope':
    case 'accountMoved':
      return `${words[kind]} of ${about} ${change}${fromTo(difference)}`;
    case 'trust':
      return `${words[kind]} of ${about} ${change}`;
    case 'registrySetting':
      return `${quoted(subjectText(subjects[1] ?? 'setting'))} of ${about} ${change}`;
    case 'organizationAttachment':
      return policy === null
        ? `policy types of ${about} ${change}${fromTo(difference)}`
        : `${words[kind]} ${quoted(policy)} ${change === 'added' ? 'attached to' : 'detached from'} ${subjectText(subjects[1] ?? '')}`;
    case 'managedPolicy':
    case 'repositoryPolicy':
    case 'registryPolicy':
      return `${words[kind]}${kind === 'managedPolicy' ? '' : ' of'} ${about} ${change}${statementsText(statements)}`;
    case 'scp':
    case 'rcp':
      return `${words[kind]} ${quoted(policy ?? '')} ${change}${statementsText(statements)}`;
    default:
      return kind satisfies never;
  }
}

/** What a snapshot lacks, in one line. */
export function describeUnknown({ what, accountId, region, resource, unreadIn, gap }: UnknownConfiguration): string {
  const name = what === 'iam' ? 'IAM' : what === 'repositories' || what === 'organization' ? what : words[what];
  const place = [accountId, region].filter((part) => part !== null).join(' ');
  const where = unreadIn === 'both' ? 'either snapshot' : `the ${unreadIn === 'before' ? 'earlier' : 'later'} snapshot`;
  const of = [place, resource].filter((part) => part !== null && part !== '').join(' ');
  return `${name}${of === '' ? '' : ` of ${of}`}, not in ${where}${gap === null ? '' : `: ${gap.message === '' ? gap.reason : gap.message}`}`;
}

/** `role:111122223333/deploy` as `role 111122223333 deploy`. */
function subjectText(subject: string): string {
  const colon = subject.indexOf(':');
  const [kind, name] = [subject.slice(0, colon), subject.slice(colon + 1)];
  switch (kind) {
    case 'repository':
      return `repository ${name.split(':').slice(3).join(' ').replace(' repository/', ' ')}`;
    case 'policy':
    case 'setting':
      return name;
    case 'target':
      return name;
    default:
      return `${kind} ${name.replace('/', ' ')}`;
  }
}

function statementsText(statements: ConfigurationDifference['statements']): string {
  const names = statements.map(({ change, effect, sid, actions }) => {
    const [only = ''] = actions;
    const name = sid ?? (actions.length === 1 ? only : `${actions.length} actions`);
    return `${change === 'added' ? '+' : '-'}${effect} ${name}`;
  });
  const shown = names.slice(0, statementsMax).join(', ');
  return names.length === 0 ? '' : ` (${shown}${names.length > statementsMax ? ', …' : ''})`;
}

const statementsMax = 6;

function fromTo({ before, after }: ConfigurationDifference): string {
  return `: ${shortened(before ?? 'none')} -> ${shortened(after ?? 'none')}`;
}

const lengthMax = 160;

function shortened(text: string): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}

function lifeText(change: ConfigurationDifference['change']): string {
  return change === 'added' ? 'made' : change === 'removed' ? 'deleted' : 'changed';
}

function quoted(text: string): string {
  return `\`${text}\``;
}
