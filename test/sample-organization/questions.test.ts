import { readFileSync } from 'node:fs';
import { answerRequest } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { samplePoints } from './sample-points.ts';

const { before, after } = samplePoints();
const readme = readFileSync(new URL('../../services/cli/sample-organization/README.md', import.meta.url), 'utf8');

interface Question {
  title: string;
  principal: string;
  action: string;
  resource: string;
  expected: [string, string];
}

// Worked out by hand from the policies, with the statement that decides.
const questions: Question[] = [
  {
    title: 'an SCP held the contractor back (ProtectRegistries), and then nothing did',
    principal: 'arn:aws:iam::555566667777:user/contractors/liu.wen',
    action: 'ecr:SetRepositoryPolicy',
    resource: 'arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web',
    expected: ['explicitDeny', 'allowed'],
  },
  {
    title: 'a stranger may pull as far as we can see (EveryonePulls); its own side is not ours to read',
    principal: 'arn:aws:iam::999900001111:role/build-agent',
    action: 'pull',
    resource: 'arn:aws:ecr:eu-west-1:555566667777:repository/preview/parcel-web',
    expected: ['implicitDeny', 'unknown'],
  },
  {
    title: 'the perimeter (EcrPerimeter) stops the same stranger, whatever the repository says',
    principal: 'arn:aws:iam::999900001111:role/build-agent',
    action: 'pull',
    resource: 'arn:aws:ecr:eu-west-1:333344445555:repository/partner/customs-broker',
    expected: ['explicitDeny', 'explicitDeny'],
  },
  {
    title: 'a repository that names the user lets it past its boundary (NexusMirrors)',
    principal: 'arn:aws:iam::333344445555:user/ci/nexus-sync',
    action: 'pull',
    resource: 'arn:aws:ecr:eu-west-1:333344445555:repository/tools/kubectl',
    expected: ['allowed', 'allowed'],
  },
  {
    title: 'a denial to all but some (OnlyPaymentsPushes) binds a role that is not listed',
    principal: 'arn:aws:iam::333344445555:role/ci/github-actions-payments',
    action: 'push',
    resource: 'arn:aws:ecr:eu-west-1:333344445555:repository/payments/gateway',
    expected: ['explicitDeny', 'explicitDeny'],
  },
  {
    title: 'the promoter pushed through one VPC endpoint (Promote), and then from anywhere',
    principal: 'arn:aws:iam::333344445555:role/platform/image-promoter',
    action: 'push',
    resource: 'arn:aws:ecr:eu-west-1:333344445555:repository/base/node',
    expected: ['conditional', 'allowed'],
  },
  {
    title: 'a tag of the role moves its rights to another team (PushByName, PushByTag)',
    principal: 'arn:aws:iam::333344445555:role/teams/routing-publisher',
    action: 'push',
    resource: 'arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model',
    expected: ['implicitDeny', 'allowed'],
  },
  {
    title: 'a role that was made again is not the one that the repository let in (TestsPullAndPush)',
    principal: 'arn:aws:iam::555566667777:role/ci/integration-tests',
    action: 'push',
    resource: 'arn:aws:ecr:eu-west-1:555566667777:repository/integration/test-data',
    expected: ['allowed', 'implicitDeny'],
  },
  {
    title: 'the same registry policy (NothingIsDeleted) binds only in its newer scope',
    principal: 'arn:aws:iam::333344445555:role/platform/lifecycle-janitor',
    action: 'ecr:BatchDeleteImage',
    resource: 'arn:aws:ecr:us-east-1:333344445555:repository/tools/scanner',
    expected: ['conditional', 'explicitDeny'],
  },
  {
    title: 'a policy that could not be read makes access unknown, not lost (LambdaPulls)',
    principal: 'lambda.amazonaws.com',
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:us-east-1:444455556666:repository/lambda/address-check',
    expected: ['conditional', 'unknown'],
  },
];

test.each(questions)('$title', ({ principal, action, resource, expected }) => {
  const answers = [before, after].map((snapshot) => answerRequest(snapshot, { principal, action, resource }));
  expect(answers.map((answer) => ('error' in answer ? answer.error : answer.decision))).toEqual(expected);
});

test.each(questions)('the README asks it too: $title', ({ principal, action, resource, expected: [first, second] }) => {
  const verdict = first === second ? `${first} at both` : `${first}, then ${second}`;
  const oneLine = readme.replaceAll(/\s+/g, ' ');
  expect(oneLine).toContain(`\`${principal}\` \`${action}\` \`${resource}\`: ${verdict} (`);
});
