const REPOSITORY = 'arn:aws:ecr:eu-west-1:222233334444:repository/app/api';

/** Documents that differ in what they let do, with the forms in which AWS gives one of them back. */
export const pull = identity(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']);
export const push = identity(['ecr:PutImage', 'ecr:BatchGetImage']);
export const remove = identity(['ecr:BatchDeleteImage']);

export const workloadPulls = resource('arn:aws:iam::333344445555:root', ['ecr:BatchGetImage']);
export const workloadPushes = resource('arn:aws:iam::333344445555:root', ['ecr:PutImage', 'ecr:BatchGetImage']);
/** The same as `workloadPushes`, as ECR answers it: the root for the account, another order, no Sid, one text for a list. */
export const workloadPushesAsWritten = {
  Version: '2012-10-17',
  Statement: {
    Sid: 'Deploy',
    Effect: 'Allow',
    Principal: { AWS: '333344445555' },
    Action: ['ecr:BatchGetImage', 'ecr:PutImage'],
  },
};
export const deployerPulls = resource('arn:aws:iam::333344445555:role/app/runner', ['ecr:BatchGetImage']);

export const lambdaTrust = trust('lambda.amazonaws.com');
export const tasksTrust = trust('ecs-tasks.amazonaws.com');

export const denyDelete = guard('Deny', ['ecr:DeleteRepository']);
export const denyDeleteAndPush = guard('Deny', ['ecr:DeleteRepository', 'ecr:PutImage']);
export const fullAccess = guard('Allow', ['*']);
export const denyOutside = { ...guard('Deny', ['ecr:*']), ...withPrincipal('ecr:*') };
export const denyPushOutside = { ...guard('Deny', ['ecr:*']), ...withPrincipal('ecr:PutImage') };

export const cacheFills = registry('ecr:CreateRepository');
export const cacheFillsAll = registry('ecr:*');

function identity(actions: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: [REPOSITORY] }] };
}

function resource(principal: string, actions: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: actions }] };
}

function trust(service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

function guard(effect: string, actions: string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: effect, Action: actions, Resource: '*' }] };
}

function withPrincipal(action: string): object {
  return { Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }] };
}

function registry(action: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::333344445555:root' },
        Action: action,
        Resource: 'arn:aws:ecr:eu-west-1:222233334444:repository/*',
      },
    ],
  };
}
