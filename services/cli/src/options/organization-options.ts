import type { AccountSelection } from '@ecr-audit/aws';
import type { Command } from 'commander';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { wholeNumber } from './read-options.ts';

const accountIds = listOf(/^\d{12}$/, 'account ids of twelve digits, as 111122223333,444455556666');
const unitIds = listOf(/^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/, 'ids of units, as ou-ab12-11111111');

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_tagging.html
const tags = z
  .array(z.string().regex(/^[^=]{1,128}=.{0,256}$/, 'expected a tag and its value, as `environment=production`'))
  .default([])
  .transform((pairs) =>
    Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  );

/** Which accounts are read. */
export const organizationOptionsSchema = z.object({
  organization: z.boolean().default(false),
  accounts: accountIds.optional(),
  excludeAccounts: accountIds.optional(),
  includeOu: unitIds.optional(),
  excludeOu: unitIds.optional(),
  includeTag: tags,
  excludeTag: tags,
  roleName: z.string().min(1, 'expected the name of the auditor role, as `ecr-audit` or `audit/ecr-audit`').optional(),
  managementRoleArn: z
    .string()
    .regex(
      /^arn:[a-z-]+:iam::\d{12}:role\/.+$/,
      'expected the ARN of a role, `arn:aws:iam::111122223333:role/ecr-audit-management`',
    )
    .optional(),
  externalIdFile: z.string().min(1, 'expected a file').optional(),
  accountsAtATime: wholeNumber(1, 64).optional(),
});

type OrganizationOptions = z.output<typeof organizationOptionsSchema>;

/** Adds which accounts are read. */
export function addOrganizationOptions(command: Command): Command {
  return command
    .option('--organization', 'read every account that AWS Organizations lists, its SCPs and its RCPs')
    .option('--accounts <ids>', 'accounts to read; without `--organization` no SCPs and RCPs are known')
    .option('--exclude-accounts <ids>', 'accounts not to read')
    .option('--include-ou <ids>', 'read only what is below these units, or named by another include')
    .option('--exclude-ou <ids>', 'do not read what is below these units')
    .option('--include-tag <key=value>', 'read accounts with this tag; may be given several times', collected)
    .option('--exclude-tag <key=value>', 'do not read accounts with this tag; may be given several times', collected)
    .option('--role-name <name>', 'auditor role of every account, with its path if any (default: ecr-audit)')
    .option('--management-role-arn <arn>', 'role that may ask AWS Organizations, where the caller itself may not')
    .option('--external-id-file <file>', 'file with the external id for the roles (default: ECR_AUDIT_EXTERNAL_ID)')
    .option('--accounts-at-a-time <n>', 'accounts to read side by side (default: 8)');
}

function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Whether several accounts are read. Throws `optionInvalid` for options that only make sense then. */
export function readsSeveralAccounts(options: OrganizationOptions): boolean {
  const isSeveral = options.organization || options.accounts !== undefined;
  const { excludeAccounts, roleName, accountsAtATime } = options;
  const strayed =
    strayedSelection(options) ??
    Object.entries({ excludeAccounts, roleName, accountsAtATime }).find(([, value]) => value !== undefined)?.[0];
  if (!isSeveral && strayed !== undefined) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--${dashed(strayed)}\` alone: expected \`--organization\` or \`--accounts\` beside it`,
    );
  }
  const withoutOrganization = options.organization ? undefined : strayedSelection(options);
  if (withoutOrganization !== undefined) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--${dashed(withoutOrganization)}\` without \`--organization\`: AWS Organizations is not asked otherwise`,
    );
  }
  return isSeveral;
}

function strayedSelection(options: OrganizationOptions): string | undefined {
  const { includeOu, excludeOu, includeTag, excludeTag, managementRoleArn } = options;
  const [name] =
    Object.entries({ managementRoleArn, includeOu, excludeOu }).find(([, value]) => value !== undefined) ??
    Object.entries({ includeTag, excludeTag }).find(([, value]) => Object.keys(value).length > 0) ??
    [];
  return name;
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The accounts that the options choose. */
export function selectionOf(options: OrganizationOptions): AccountSelection {
  return {
    include: {
      accounts: options.organization ? (options.accounts ?? []) : [],
      organizationalUnits: options.includeOu ?? [],
      tags: options.includeTag,
    },
    exclude: {
      accounts: options.excludeAccounts ?? [],
      organizationalUnits: options.excludeOu ?? [],
      tags: options.excludeTag,
    },
  };
}

function listOf(form: RegExp, expected: string): z.ZodType<readonly string[], string> {
  return z
    .string()
    .transform((text) => [...new Set(text.split(',').map((item) => item.trim()))])
    .refine((items) => items.every((item) => form.test(item)), `expected ${expected}`);
}
