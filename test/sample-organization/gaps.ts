import type { CollectionGap } from '@ecr-audit/access';
import { repositoryArn } from './documents.ts';
import { accountIds } from './identifiers.ts';

/** The bought company's account: everything that rests on its principals is unknown at both points. */
const accountNotReadable: CollectionGap = {
  accountId: accountIds.acquired,
  region: null,
  source: 'sts:AssumeRole',
  resource: `arn:aws:iam::${accountIds.acquired}:role/ecr-audit`,
  reason: 'accessDenied',
  message: 'cannot assume the auditor role: access denied',
};

export const policyNotReadable: CollectionGap = {
  accountId: accountIds.production,
  region: 'us-east-1',
  source: 'ecr:GetRepositoryPolicy',
  resource: repositoryArn(accountIds.production, 'us-east-1', 'lambda/address-check'),
  reason: 'accessDenied',
  message: 'cannot read repository policy of `lambda/address-check`: access denied',
};

export const historyNotReadable: CollectionGap = {
  accountId: accountIds.sandbox,
  region: 'us-east-1',
  source: 'cloudtrail:LookupEvents',
  resource: null,
  reason: 'throttled',
  message: 'cannot read all events: throttled',
};

export const gapsBefore: readonly CollectionGap[] = [accountNotReadable];

export const gapsAfter: readonly CollectionGap[] = [policyNotReadable, historyNotReadable, accountNotReadable];
