import * as account from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ecr from '@aws-sdk/client-ecr';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';

/** How a service speaks: the three protocols that the real clients use here. */
export type ServiceProtocol =
  | { readonly kind: 'awsQuery'; readonly version: string }
  | { readonly kind: 'awsJson'; readonly targetPrefix: string }
  /** The path of the request names the operation. */
  | { readonly kind: 'restJson' };

export type ServiceName = 'iam' | 'sts' | 'ecr' | 'cloudtrail' | 'organizations' | 'account';

interface Service {
  readonly protocol: ServiceProtocol;
  readonly client: object;
}

/** One more service is one more line here and a file of operations. */
const services: Readonly<Record<ServiceName, Service>> = {
  iam: { protocol: { kind: 'awsQuery', version: '2010-05-08' }, client: iam },
  sts: { protocol: { kind: 'awsQuery', version: '2011-06-15' }, client: sts },
  ecr: { protocol: { kind: 'awsJson', targetPrefix: 'AmazonEC2ContainerRegistry_V20150921' }, client: ecr },
  cloudtrail: { protocol: { kind: 'awsJson', targetPrefix: 'CloudTrail_20131101' }, client: cloudtrail },
  organizations: { protocol: { kind: 'awsJson', targetPrefix: 'AWSOrganizationsV20161128' }, client: organizations },
  account: { protocol: { kind: 'restJson' }, client: account },
};

export const serviceNames: readonly ServiceName[] = ['iam', 'sts', 'ecr', 'cloudtrail', 'organizations', 'account'];

export function isServiceName(text: string): text is ServiceName {
  return Object.hasOwn(services, text);
}

export function protocolOf(service: ServiceName): ServiceProtocol {
  return services[service].protocol;
}

export interface OperationSchema {
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

// An operation's schema is an array: this number, namespace, name, traits, input, output.
const operationKind = 9;

const remembered = new Map<string, OperationSchema | null>();

/** Gives the request and response schemas that the SDK client of a service exports, or null for an unknown operation. */
export function operationSchema(service: ServiceName, operation: string): OperationSchema | null {
  const key = `${service}:${operation}`;
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  const exported: unknown = Reflect.get(services[service].client, `${operation}$`);
  const schema = isOperation(exported)
    ? { input: NormalizedSchema.of(exported[4]), output: NormalizedSchema.of(exported[5]) }
    : null;
  remembered.set(key, schema);
  return schema;
}

function isOperation(value: unknown): value is [9, string, string, unknown, SchemaRef, SchemaRef] {
  return Array.isArray(value) && value[0] === operationKind && value.length >= 6;
}
