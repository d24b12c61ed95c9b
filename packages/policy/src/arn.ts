/** The six segments of an Amazon Resource Name; `resource` keeps its own colons. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/**
 * Splits an ARN, or gives null where the text is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | null {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(':');
  if (prefix !== 'arn' || !partition || !service || region === undefined) {
    return null;
  }
  if (accountId === undefined || rest.length === 0) {
    return null;
  }
  return { partition, service, region, accountId, resource: rest.join(':') };
}

const ACCOUNT_ID_LENGTH = 12;

/** Twelve digits. */
export function isAccountId(text: string): boolean {
  return text.length === ACCOUNT_ID_LENGTH && /^\d+$/.test(text);
}
