import { parseArgs } from 'node:util';

import type { Fault, FaultKind } from './faults.ts';
import type { Latency } from './latency.ts';
import { realisticThrottling } from './throttle-plan.ts';
import type { ThrottleRate, ThrottleSettings } from './throttle-plan.ts';
import { isServiceName } from './wire/operation-schema.ts';

export const help = `fake-aws: serves a snapshot directory as AWS to the real SDK: IAM, STS, ECR, CloudTrail,
Organizations and Account Management

  pnpm fake-aws --snapshot DIR [--port N] [options]

  --snapshot DIR               snapshot directory to serve
  --port N                     port on 127.0.0.1; 0, the default, takes a free one
  --account ID                 account of callers whose access key names none (default: the first)
  --deny OPERATION             answer AccessDenied; may be given several times
  --throttle OPERATION[:COUNT] answer throttling, COUNT times or always; may be given several times
  --fail OPERATION[:COUNT]     answer an internal failure (HTTP 500)
  --reset OPERATION[:COUNT]    cut the connection
  --hang OPERATION[:COUNT]     never answer
  --malformed OPERATION[:COUNT] answer 200 with half of a body
  --expire-token               answer every call that the session token has expired
  --throttling                 limit services as AWS does, for each account and region
  --throttle-rate SERVICE:RATE:BURST  limit one service so; may be given several times
  --page-size N                give at most N items a page
  --latency-ms N               wait before each answer
  --latency-jitter-ms N        by how much a wait may be longer or shorter
  --seed N                     of the waits (default 1)
  --lookup-rate N              LookupEvents requests a second in an account and region (default 2; 0 means no limit)
  --role NAME                  auditor role of every account, with its path (default ecr-audit); may be given several times
  --role-missing ACCOUNT       an account without auditor role; may be given several times
  --external-id TEXT           what the auditor roles ask for (default: any will do)
  --delegated-administrator ID a member that may ask Organizations; may be given several times
  --now TIME                   ISO time from which the 90 days of LookupEvents are counted (default: the clock)
  --help                       show this text

An OPERATION is written ecr:GetRepositoryPolicy, GetRepositoryPolicy, ecr:* or *, and may be narrowed:
ecr:GetRepositoryPolicy@eu-west-1, iam:*@111122223333 or ecr:GetRepositoryPolicy=REPOSITORY-ARN. With +N before the
count it starts after N calls: ecr:*+100:5.

The caller's account stands in the access key: AKIA and the twelve digits, AKIA111122223333FAKE. AssumeRole into
arn:aws:iam::ACCOUNT:role/NAME gives a key of ACCOUNT where the role is there: the auditor's, or one that the snapshot
holds. Signatures and trust policies are not checked.

Example:
  pnpm fake-aws --snapshot services/cli/sample-organization/2026-11-16 --port 4599 --throttle ecr:GetRepositoryPolicy:3
`;

interface FakeAwsArguments {
  readonly snapshot: string;
  readonly port: number;
  readonly accountId: string | null;
  readonly faults: readonly Fault[];
  readonly pageSizeMax: number;
  readonly latency: Latency;
  readonly throttling: ThrottleSettings;
  readonly auditorRoles: readonly string[];
  readonly rolesMissing: readonly string[];
  readonly externalId?: string;
  readonly delegatedAdministrators: readonly string[];
  readonly lookupEventsPerSecond: number;
  readonly now: Date | null;
}

export type ParsedArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'run'; readonly run: FakeAwsArguments };

/** Reads the command line. What is wrong with it is a value, for the caller to print. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        snapshot: { type: 'string' },
        port: { type: 'string', default: '0' },
        account: { type: 'string' },
        deny: { type: 'string', multiple: true, default: [] },
        throttle: { type: 'string', multiple: true, default: [] },
        fail: { type: 'string', multiple: true, default: [] },
        reset: { type: 'string', multiple: true, default: [] },
        hang: { type: 'string', multiple: true, default: [] },
        malformed: { type: 'string', multiple: true, default: [] },
        throttling: { type: 'boolean', default: false },
        'throttle-rate': { type: 'string', multiple: true, default: [] },
        'latency-jitter-ms': { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        role: { type: 'string', multiple: true, default: ['ecr-audit'] },
        'role-missing': { type: 'string', multiple: true, default: [] },
        'external-id': { type: 'string' },
        'delegated-administrator': { type: 'string', multiple: true, default: [] },
        'expire-token': { type: 'boolean', default: false },
        'page-size': { type: 'string' },
        'latency-ms': { type: 'string', default: '0' },
        'lookup-rate': { type: 'string', default: '2' },
        now: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    if (values.snapshot === undefined) {
      throw new WrongArgument('expected `--snapshot DIR`');
    }
    const pageSize = values['page-size'];
    const lookupRate = count('--lookup-rate', values['lookup-rate']);
    return {
      kind: 'run',
      run: {
        snapshot: values.snapshot,
        port: count('--port', values.port),
        accountId: values.account ?? null,
        faults: [
          ...values.deny.map((text) => faultOf('deny', text)),
          ...values.throttle.map((text) => faultOf('throttle', text)),
          ...values.fail.map((text) => faultOf('fail', text)),
          ...values.reset.map((text) => faultOf('cutConnection', text)),
          ...values.hang.map((text) => faultOf('hang', text)),
          ...values.malformed.map((text) => faultOf('malformed', text)),
          ...(values['expire-token'] ? [{ kind: 'expireToken', operation: '*' } as const] : []),
        ],
        pageSizeMax: pageSize === undefined ? Number.POSITIVE_INFINITY : Math.max(1, count('--page-size', pageSize)),
        latency: {
          meanMs: count('--latency-ms', values['latency-ms']),
          jitterMs: count('--latency-jitter-ms', values['latency-jitter-ms']),
          seed: count('--seed', values.seed),
        },
        throttling: {
          ...(values.throttling ? realisticThrottling : {}),
          ...Object.fromEntries(values['throttle-rate'].map(rateOf)),
        },
        auditorRoles: values.role,
        rolesMissing: values['role-missing'],
        ...(values['external-id'] === undefined ? {} : { externalId: values['external-id'] }),
        delegatedAdministrators: values['delegated-administrator'],
        lookupEventsPerSecond: lookupRate === 0 ? Number.POSITIVE_INFINITY : lookupRate,
        now: values.now === undefined ? null : time(values.now),
      },
    };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

class WrongArgument extends Error {}

// service:Operation @region-or-account =resource +after :count
const faultPattern = /^((?:[a-z]+:)?(?:\w+|\*))(?:@([a-z0-9-]+))?(?:=(.+?))?(?:\+(\d+))?(?::(\d+))?$/;

function faultOf(kind: FaultKind, text: string): Fault {
  const [, operation, place, resource, after, times] = faultPattern.exec(text) ?? [];
  if (operation === undefined) {
    throw new WrongArgument(`cannot read \`${text}\`: expected an operation such as \`ecr:GetRepositoryPolicy\``);
  }
  return {
    kind,
    operation,
    ...(place === undefined ? {} : /^\d{12}$/.test(place) ? { accountId: place } : { region: place }),
    ...(resource === undefined ? {} : { resource }),
    ...(after === undefined ? {} : { after: Number(after) }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

function rateOf(text: string): [string, ThrottleRate] {
  const [, service, rate, burst] = /^([a-z]+):(\d+(?:\.\d+)?):(\d+)$/.exec(text) ?? [];
  if (service === undefined || !isServiceName(service)) {
    throw new WrongArgument(`cannot read \`--throttle-rate ${text}\`: expected a limit such as \`ecr:50:100\``);
  }
  return [service, { ratePerSecond: Number(rate), burst: Number(burst) }];
}

function count(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new WrongArgument(`cannot read \`${option} ${text}\`: expected a whole number`);
  }
  return Number(text);
}

function time(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new WrongArgument(`cannot read \`--now ${text}\`: expected an ISO time such as \`2026-11-16T06:00:00Z\``);
  }
  return date;
}
