import { z } from 'zod';
import * as leaf from './leaves.ts';

/*
 * What only the people who run the registries know: what matters most, who is meant to administer, and whose accounts those
 * of others are. Everything has a default, and every default is the one that tells more rather than less.
 */

const patternExpected = 'a name, with `*` for any characters';
const pattern = z
  .string({ error: patternExpected })
  .min(1, { error: patternExpected })
  .max(512, { error: patternExpected });
const patterns = leaf.listOf(pattern, 'a list of names, with `*` for any characters');
const organizationExpected = 'the id of an organization, such as `o-a1b2c3d4e5`';

const repositories = leaf
  .mapOf({
    patterns: patterns
      .default([])
      .describe(
        'Names of repositories, accounts or organizational units, or account ids, with `*` for any characters.',
      ),
    tags: leaf.tags.default({}).describe('Tags of repositories; one of them is enough.'),
  })
  .prefault({});

export const findings = leaf
  .mapOf({
    production: repositories.describe(
      'Repositories of production, whose findings are graver. Without any, names with the word prod, production, prd or live.',
    ),
    sensitive: repositories.describe('Repositories whose images are secret. Without any, those of production.'),
    administrators: patterns
      .default([])
      .describe('Users and roles who may administer registries: ARNs or names, with `*` for any characters.'),
    ourAccounts: leaf.accountIds.default([]).describe('Accounts that are ours, beside those that are read.'),
    partnerAccounts: leaf.accountIds
      .default([])
      .describe('Accounts of others that may pull. Whatever else they may is told.'),
    allowedAccounts: leaf.accountIds.default([]).describe('Accounts of others of whose access nothing is told.'),
    ourOrganizations: leaf
      .listOf(
        z.string({ error: organizationExpected }).regex(/^o-[a-z0-9]{10,32}$/, { error: organizationExpected }),
        'a list of ids of organizations',
      )
      .default([])
      .describe('Organizations that are ours, beside the one that is read.'),
    dormantDays: leaf
      .wholeNumber(7, 400)
      .default(90)
      .describe('For how many days a right has to lie unused before that is a finding.'),
  })
  .prefault({})
  .describe('What findings go by: what is production, and who is who.');
