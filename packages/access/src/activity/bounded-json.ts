import { isObject, storableText } from './read-fields.ts';

// A policy document has at most 10,240 characters without its whitespace, and is kept whole: it is what explains the
// change. Everything else in a request is a name, a tag or a number.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const POLICY_LENGTH_MAX = 65_536;
const TEXT_LENGTH_MAX = 2_048;
const TOTAL_LENGTH_MAX = 131_072;
const MEMBERS_MAX = 64;
const DEPTH_MAX = 8;

const POLICIES: ReadonlySet<string> = new Set(
  [
    'policyDocument',
    'assumeRolePolicyDocument',
    'policyText',
    'lifecyclePolicyText',
    'content',
    'inlinePolicy',
    'policy',
  ].map(lower),
);

// Image manifests are megabytes that say nothing about access. The others are secrets, or would serve as one: AWS redacts
// most of them itself, but answers of STS carry the session token, and requests the external id.
const DROPPED: ReadonlySet<string> = new Set(
  [
    'imageManifest',
    'layerPartBlob',
    'sAMLMetadataDocument',
    'sAMLAssertion',
    'webIdentityToken',
    'sessionToken',
    'secretAccessKey',
    'authorizationToken',
    'externalId',
    'password',
    'oldPassword',
    'newPassword',
    'servicePassword',
    'privateKey',
    'certificateBody',
    'authenticationCode1',
    'authenticationCode2',
    'tokenCode',
  ].map(lower),
);

/**
 * Copies JSON from outside within bounds: depth, members, length of each text and of all together.
 *
 * What is left out of a bound says so, `{"truncated": LENGTH}`, because half a policy document would read like a whole one.
 */
export function boundedJson(value: unknown): unknown {
  return copy(value, '', 0, { length: TOTAL_LENGTH_MAX });
}

function copy(value: unknown, key: string, depth: number, left: { length: number }): unknown {
  if (typeof value === 'string') {
    const most = Math.min(POLICIES.has(lower(key)) ? POLICY_LENGTH_MAX : TEXT_LENGTH_MAX, left.length);
    if (value.length > most) {
      return { truncated: value.length };
    }
    left.length -= value.length;
    return storableText(value, most);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return value;
  }
  if (depth === DEPTH_MAX) {
    return { truncated: 'depth' };
  }
  if (Array.isArray(value)) {
    const items = value.slice(0, MEMBERS_MAX).map((item) => copy(item, key, depth + 1, left));
    return value.length > MEMBERS_MAX ? [...items, { truncated: value.length }] : items;
  }
  return isObject(value) ? copyObject(value, depth, left) : null;
}

function copyObject(value: Readonly<Record<string, unknown>>, depth: number, left: { length: number }): unknown {
  const entries = Object.entries(value).filter(([key]) => !DROPPED.has(lower(key)));
  const kept = entries.slice(0, MEMBERS_MAX).map(([key, item]): [string, unknown] => {
    left.length -= Math.min(key.length, left.length);
    return [storableText(key, TEXT_LENGTH_MAX), copy(item, key, depth + 1, left)];
  });
  return Object.fromEntries(entries.length > MEMBERS_MAX ? [...kept, ['truncated', entries.length]] : kept);
}

function lower(text: string): string {
  return text.toLowerCase();
}
