import { z } from 'zod';

// Written out a second time, and closed: a field that comes, goes or changes its type fails here before it fails a reader.
const owner = z.strictObject({
  kind: z.enum(['aws', 'account', 'principal', 'group', 'organization', 'asker']),
  id: z.string().nullable(),
});

const attachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('direct') }),
  z.strictObject({ kind: z.literal('inline') }),
  z.strictObject({ kind: z.literal('group'), group: z.string().includes(':group/'), isInline: z.boolean() }),
  z.strictObject({ kind: z.literal('boundary') }),
  z.strictObject({ kind: z.literal('session') }),
  z.strictObject({
    kind: z.enum(['scp', 'rcp']),
    level: z.enum(['root', 'ou', 'account']),
    id: z.string().regex(/^(?:r-|ou-|\d{12}$)/),
    name: z.string(),
  }),
  z.strictObject({ kind: z.literal('repository'), repository: z.string().includes(':repository/') }),
  z.strictObject({ kind: z.literal('registry'), accountId: z.string().length(12), region: z.string().nullable() }),
]);

const policyTypes = ['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'repository', 'registry', 'default'];
const gates = z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'resource']);
const decision = z.enum(['allowed', 'explicitDeny', 'implicitDeny', 'conditional', 'unknown']);
const residual = z.record(z.string(), z.unknown()).nullable();

const reason = z.strictObject({
  policyType: z.enum(policyTypes),
  policy: z.string().min(1),
  statement: z.string().min(1),
  effect: z.enum(['Allow', 'Deny']),
  via: z.string().min(1),
});

const statement = reason.extend({
  sid: z.string().min(1).nullable(),
  index: z.int().nonnegative(),
  owner,
  attachment,
  names: z.enum(['direct', 'role', 'account']).nullable(),
  isNotPrincipal: z.boolean(),
  condition: z.string().min(1).nullable(),
  residual,
  writtenCondition: z.string().min(1).nullable(),
  decides: z.boolean(),
});

const gate = z.strictObject({
  gate: gates,
  label: z.string().min(1),
  verdict: z.enum(['allows', 'allowsConditionally', 'noAllow', 'denies', 'deniesConditionally', 'notRead']),
  decides: z.boolean(),
  lacksAllow: z.boolean(),
  policies: z.array(z.strictObject({ policy: z.string(), policyType: z.enum(policyTypes), owner, attachment })),
  statements: z.array(statement),
  unmet: z.array(statement),
  unread: z.array(z.strictObject({ what: z.string().min(1), why: z.string().min(1).nullable() })),
});

/** The JSON of one explanation. */
export const explanationSchema = z.strictObject({
  principal: z.string().min(1),
  principalKind: z.enum(['user', 'role', 'session', 'federatedUser', 'root', 'service', 'external']),
  action: z.string().min(1),
  needs: z.enum(['all', 'any']).nullable(),
  resource: z.string().min(1),
  region: z.string().nullable(),
  decision,
  residual,
  reasons: z.array(reason),
  limits: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  condition: z.string().min(1).nullable(),
  openKeys: z.array(z.string().min(1)),
  given: z.array(z.strictObject({ key: z.string(), values: z.array(z.string()).nullable(), isAsked: z.boolean() })),
  similarRepositories: z.array(z.string().startsWith('arn:')),
  actions: z
    .array(
      z.strictObject({
        action: z.string().startsWith('ecr:'),
        resource: z.string().min(1),
        decision,
        condition: z.string().min(1).nullable(),
        isSameAccount: z.boolean(),
        gates: z.array(gate).min(1),
        absentGates: z.array(z.strictObject({ gate: gates, reason: z.string().min(1) })),
      }),
    )
    .min(1),
  assumptions: z.array(z.string().min(1)),
});
