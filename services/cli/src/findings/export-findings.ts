import {
  asffArray,
  asffBatches,
  type AsffSettings,
  type ExportedFinding,
  type ExportSource,
  type FoundFindings,
  isImportable,
  ocsfLines,
  sarifLog,
} from '@ecr-audit/access';
import type { Command } from 'commander';
import { z } from 'zod';
import packageManifest from '../../package.json' with { type: 'json' };
import { CliError } from '../errors.ts';

/** Formats that other tools load. */
export const EXPORT_FORMATS = ['ocsf', 'asff', 'asff-batches', 'sarif'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The options of a command that exports findings. */
export const exportOptions = {
  importAccount: z
    .string()
    .regex(/^\d{12}$/, 'expected an account id, such as `111122223333`')
    .optional(),
  importRegion: z
    .string()
    .regex(/^[a-z]{2,8}(-[a-z]{2,16}){1,3}-\d{1,2}$/, 'expected a region, such as `eu-west-1`')
    .optional(),
  productArn: z
    .string()
    .max(2_048, 'expected an ARN')
    .startsWith('arn:', 'expected the ARN of a product of Security Hub')
    .optional(),
  sarifFile: z
    .string()
    .min(1, 'expected the path of a file in the repository')
    .refine((path) => !path.startsWith('/'), 'expected a path from the root of the repository')
    .optional(),
};

export type ExportOptions = z.output<z.ZodObject<typeof exportOptions>>;

/** Adds them to a command. */
export function addExportOptions(command: Command): Command {
  return command
    .option('--import-account <id>', 'asff: the account for findings about several accounts or the organization')
    .option('--import-region <region>', 'asff: whose Security Hub imports them (default: the region of each finding)')
    .option('--product-arn <arn>', 'asff: a product of Security Hub (default: that of your own integrations)')
    .option('--sarif-file <path>', 'sarif: a file of the repository that GitHub shows the results at');
}

export interface FindingsToExport {
  readonly findings: readonly ExportedFinding[];
  readonly notJudged: FoundFindings['notJudged'];
  /** When the snapshot was taken. */
  readonly observedAt: string;
}

/** The findings in a format, piece by piece. Throws `optionInvalid` before the first where an option is missing. */
export function exportTexts(
  format: ExportFormat,
  { findings, notJudged, observedAt }: FindingsToExport,
  options: ExportOptions,
): Generator<string> {
  const product = { name: 'ecr-audit', vendor: 'ecr-audit', version: packageManifest.version };
  const source: ExportSource = { product, observedAt };
  switch (format) {
    case 'ocsf':
      return ocsfLines(findings, source);
    case 'asff':
      return asffArray(findings, source, asffSettings(findings, options));
    case 'asff-batches':
      return asffBatches(findings, source, asffSettings(findings, options));
    case 'sarif':
      return sarifLog({ findings, notJudged }, source, { file: options.sarifFile ?? null });
  }
}

/** A finding without a home would have to be left out or put anywhere, so the place is asked for. */
function asffSettings(findings: readonly ExportedFinding[], options: ExportOptions): AsffSettings {
  const { importAccount: accountId, importRegion: region = null, productArn = null } = options;
  const homeless = findings.filter(({ finding }) => finding.accountId === null).length;
  if (accountId === undefined && homeless > 0) {
    throw missing('import-account', `${homeless} findings are about no single account`);
  }
  const nowhere = findings.filter((finding) => !isImportable(finding, { region })).length;
  if (nowhere > 0) {
    throw missing('import-region', `${nowhere} findings are about no single region`);
  }
  return { accountId: accountId ?? '', region, productArn };
}

function missing(option: string, why: string): CliError {
  return new CliError('optionInvalid', `cannot export without \`--${option}\`: ${why}`);
}
