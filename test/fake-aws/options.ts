import { parseArgs } from 'node:util';

import type { Fault, FaultKind } from './faults.ts';

export const help = `fake-aws: serves a snapshot directory as IAM, STS, ECR and CloudTrail to the real AWS SDK

  pnpm fake-aws --snapshot DIR [--port N] [options]

  --snapshot DIR               snapshot directory to serve
  --port N                     port on 127.0.0.1; 0, the default, takes a free one
  --account ID                 account of callers whose access key names none (default: the first)
  --deny OPERATION             answer AccessDenied; may be given several times
  --throttle OPERATION[:COUNT] answer throttling, COUNT times or always; may be given several times
  --fail OPERATION[:COUNT]     answer an internal failure (HTTP 500)
  --expire-token               answer every call that the session token has expired
  --page-size N                give at most N items a page
  --latency-ms N               wait before each answer
  --lookup-rate N              LookupEvents requests a second in an account and region (default 2; 0 means no limit)
  --now TIME                   ISO time from which the 90 days of LookupEvents are counted (default: the clock)
  --help                       show this text

An OPERATION is written ecr:GetRepositoryPolicy, GetRepositoryPolicy, ecr:* or *, and may be narrowed:
ecr:GetRepositoryPolicy@eu-west-1 or ecr:GetRepositoryPolicy=REPOSITORY-ARN.

The caller's account stands in the access key: AKIA and the twelve digits, AKIA111122223333FAKE. AssumeRole into
arn:aws:iam::ACCOUNT:role/NAME gives a key of ACCOUNT. Signatures are not checked.

Example:
  pnpm fake-aws --snapshot services/cli/sample-organization/2026-11-16 --port 4599 --throttle ecr:GetRepositoryPolicy:3
`;

interface FakeAwsArguments {
  readonly snapshot: string;
  readonly port: number;
  readonly accountId: string | null;
  readonly faults: readonly Fault[];
  readonly pageSizeMax: number;
  readonly latencyMs: number;
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
          ...(values['expire-token'] ? [{ kind: 'expireToken', operation: '*' } as const] : []),
        ],
        pageSizeMax: pageSize === undefined ? Number.POSITIVE_INFINITY : Math.max(1, count('--page-size', pageSize)),
        latencyMs: count('--latency-ms', values['latency-ms']),
        lookupEventsPerSecond: lookupRate === 0 ? Number.POSITIVE_INFINITY : lookupRate,
        now: values.now === undefined ? null : time(values.now),
      },
    };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

class WrongArgument extends Error {}

// service:Operation @region =resource :count
const faultPattern = /^((?:[a-z]+:)?(?:\w+|\*))(?:@([a-z0-9-]+))?(?:=(.+?))?(?::(\d+))?$/;

function faultOf(kind: FaultKind, text: string): Fault {
  const [, operation, region, resource, times] = faultPattern.exec(text) ?? [];
  if (operation === undefined) {
    throw new WrongArgument(`cannot read \`${text}\`: expected an operation such as \`ecr:GetRepositoryPolicy\``);
  }
  return {
    kind,
    operation,
    ...(region === undefined ? {} : { region }),
    ...(resource === undefined ? {} : { resource }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
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
