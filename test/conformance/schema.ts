import { z } from 'zod';

/**
 * The form of a conformance file. Every object is strict: a misspelt field is an error, never a case that tests nothing.
 */

/** A policy document, a list of statements (Version 2012-10-17 is put around it), or the raw text of a document. */
const document = z.union([z.record(z.string(), z.json()), z.array(z.json()), z.string()]);
export type CompactDocument = z.infer<typeof document>;

const attachments = {
  /** Inline policies by name. */
  policies: z.record(z.string(), document).optional(),
  /** Attached managed policies: names of this account's `managed`, or ARNs. */
  managed: z.array(z.string()).optional(),
};

const principal = z.strictObject({
  ...attachments,
  /** The unique id; without it, one is made from the kind and the name. */
  id: z.string().optional(),
  path: z.string().optional(),
  /** Name or ARN of the permissions boundary. */
  boundary: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** Users only. */
  groups: z.array(z.string()).optional(),
});
export type CompactPrincipal = z.infer<typeof principal>;

const region = z.strictObject({
  repositories: z
    .record(
      z.string(),
      z.strictObject({
        policy: document.optional(),
        tags: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional(),
  registry: z
    .strictObject({
      policy: document.optional(),
      /** `V2` without it; `null` means that the setting could not be read. */
      scope: z.enum(['V1', 'V2']).nullable().optional(),
    })
    .optional(),
});
export type CompactRegion = z.infer<typeof region>;

const account = z.strictObject({
  users: z.record(z.string(), principal).optional(),
  roles: z.record(z.string(), principal).optional(),
  groups: z.record(z.string(), z.strictObject(attachments)).optional(),
  /** Managed policies by name, or by ARN for those of AWS. */
  managed: z.record(z.string(), document).optional(),
  /** Repositories and registry of the default region, eu-west-1. */
  ...region.shape,
  /** Further regions by name. */
  regions: z.record(z.string(), region).optional(),
});
export type CompactAccount = z.infer<typeof account>;

const node = {
  /** SCPs by name. Without the field FullAWSAccess is attached; with it, only what it lists. */
  scps: z.array(z.string()).optional(),
  /** RCPs by name. RCPFullAWSAccess is attached always. */
  rcps: z.array(z.string()).optional(),
};

const tree = z.strictObject({
  ...node,
  /** Organizational units by id (`ou-r001-...`); `parent` is an OU, or the root without it. */
  ous: z.record(z.string(), z.strictObject({ ...node, parent: z.string().optional() })).optional(),
  /** Accounts by id. Accounts that `accounts` holds and this does not stand under the root. */
  accounts: z.record(z.string(), z.strictObject({ ...node, ou: z.string().optional() })).optional(),
  /** Accounts that are left out of organization.json although the snapshot holds them. */
  omit: z.array(z.string()).optional(),
  policies: z.record(z.string(), document).optional(),
});
export type CompactTree = z.infer<typeof tree>;

const gap = z.strictObject({
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string(),
  resource: z.string().nullable(),
  reason: z.enum(['accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed']),
  message: z.string(),
});

const organization = z.strictObject({
  accounts: z.record(z.string(), account),
  /** `null` leaves organization.json out; without the field every account stands under the root. */
  tree: tree.nullable().optional(),
  gaps: z.array(gap).optional(),
  /** Files of the snapshot directory by path that replace what is made (text, or JSON); `null` leaves a file out. */
  raw: z.record(z.string(), z.json()).optional(),
});
export type CompactOrganization = z.infer<typeof organization>;

const decision = z.enum(['allowed', 'explicitDeny', 'implicitDeny', 'conditional', 'unknown']);

export type ExpectedResidual =
  | { readonly all: readonly ExpectedResidual[] }
  | { readonly any: readonly ExpectedResidual[] }
  | { readonly not: ExpectedResidual }
  | { readonly operator: string; readonly key: string; readonly values: readonly string[] }
  | { readonly resource: string; readonly pattern: string }
  | { readonly unreadable: string };

const residual: z.ZodType<ExpectedResidual> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(residual) }),
    z.strictObject({ any: z.array(residual) }),
    z.strictObject({ not: residual }),
    z.strictObject({ operator: z.string(), key: z.string(), values: z.array(z.string()) }),
    z.strictObject({ resource: z.string(), pattern: z.string() }),
    z.strictObject({ unreadable: z.string() }),
  ]),
);

const requestFields = z.strictObject({
  id: z.string(),
  /** An ARN, a service principal, or short: `user/NAME`, `role/NAME`, `session/ROLE/NAME`, `root`, each after `ACCOUNT:` if need be. */
  principal: z.string(),
  action: z.string(),
  /** An ARN, `*`, or short: a repository name, after `ACCOUNT:` or `ACCOUNT:REGION:` if need be. */
  resource: z.string(),
  region: z.string(),
  context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  contextComplete: z.boolean(),
  sessionPolicies: z.array(document),
});
const request = requestFields.partial();
export type CompactRequest = z.infer<typeof request>;

const partialReason = z
  .strictObject({
    policyType: z.string(),
    policy: z.string(),
    statement: z.string(),
    effect: z.enum(['Allow', 'Deny']),
    via: z.string(),
  })
  .partial();

const expectation = z
  .strictObject({
    decision: decision.optional(),
    /** Compared as a formula: order and grouping do not matter. */
    residual: residual.optional(),
    /** Each must be among the answer's reasons; fields that are not given do not matter. */
    reasons: z.array(partialReason).optional(),
    /** None of the answer's reasons is like one of these. */
    absentReasons: z.array(partialReason).optional(),
    /** Codes that must be among the answer's limits; `*` stands for at least one of any code. */
    limits: z.array(z.string()).optional(),
    /** Codes that must not be among them; `*` stands for any code. */
    absentLimits: z.array(z.string()).optional(),
    /** The request has no answer but an error that contains this. */
    error: z.string().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'an expectation is empty');
export type Expectation = z.infer<typeof expectation>;

const conformanceCase = z.strictObject({ request, expect: expectation });

export const valueKinds = ['present', 'absent', 'unknown', 'several', 'malformed'] as const;

/**
 * One row of an operator table: operator, kind of value, values in the policy, values in the request, decision, residual.
 * The case is a user whose only statement allows the action on `*` under this one condition. In the rows of kind
 * `unknown` the key is unknown; where the request's value is null otherwise, the key is absent.
 */
const row = z.tuple([
  z.string(),
  z.enum(valueKinds),
  z.json(),
  z.union([z.string(), z.array(z.string()), z.null()]),
  decision,
  residual.optional(),
]);
export type TableRow = z.infer<typeof row>;

export const conformanceFile = z
  .strictObject({
    /** The number in the rules of ECR access that the cases settle. */
    rule: z.int().min(1).max(48),
    /** The page that the rule stands on. */
    page: z.url(),
    title: z.string(),
    /** Why an expectation is what it is, where the page leaves room. */
    note: z.string().optional(),
    organization: organization.optional(),
    /** What every request of the file has unless it says otherwise. */
    request: request.optional(),
    cases: z.array(conformanceCase).optional(),
    table: z.strictObject({ action: z.string(), key: z.string(), rows: z.array(row) }).optional(),
  })
  .refine(
    (file) => (file.table === undefined) !== (file.cases === undefined),
    'a file holds either `cases` or a `table`',
  )
  .refine(
    (file) => (file.cases === undefined) === (file.organization === undefined),
    '`cases` come with an `organization`, a `table` without',
  );
export type ConformanceFile = z.infer<typeof conformanceFile>;
