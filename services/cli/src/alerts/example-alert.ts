import { type Alert, type AlertSettings, type FindingToTell, planAlerts } from '@ecr-audit/access';
import { digest } from '../findings/digest.ts';

// With everything that hostile names try: what comes out of a sink shows that it came through as written.
const repository = 'arn:aws:ecr:eu-west-1:111122223333:repository/example/`payments`';
const statement = '{"Effect":"Allow","Principal":"*","Action":"ecr:*"} <!channel>';

/** One example, as the alerts of the service are made. It says in every part that it is one. */
export function exampleAlert(settings: AlertSettings, now: Date): Alert {
  const time = now.toISOString();
  const example: FindingToTell = {
    finding: {
      ruleId: 'ECR-EXAMPLE',
      severity: 'high',
      accountId: '111122223333',
      region: 'eu-west-1',
      resource: repository,
      principal: { id: 'AIDAEXAMPLE', arn: 'arn:aws:iam::111122223333:role/example' },
      fingerprint: 'example',
      title: 'Example: nothing happened, this is a test of the alerts',
      what: `A real alert says here who can now do what: a statement \`${statement}\` lets everybody pull and push.`,
      why: 'And here why that matters.',
      remedy: 'Nothing. If you can read this, alerts arrive.',
      repositories: { count: 1, inProduction: 0, examples: [repository] },
      scope: { repositories: [repository], rights: ['ecr:*'], conditions: [] },
      reasons: [
        {
          policyType: 'repository',
          policy: repository,
          statement: 'Example*',
          effect: 'Allow',
          via: 'repository',
        },
      ],
      doubts: [],
    },
    tags: {},
    cause: {
      eventId: 'example',
      eventName: 'ecr:SetRepositoryPolicy',
      actor: 'arn:aws:sts::111122223333:assumed-role/example/someone',
      sourceAddress: '192.0.2.1',
      time,
    },
    explanation: null,
  };
  const [alert] = planAlerts({ findings: [example], said: [], settings, now: time, digest });
  if (alert === undefined) {
    throw new Error('a finding that was never told made no alert');
  }
  return alert;
}
