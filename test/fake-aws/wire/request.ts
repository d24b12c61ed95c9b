import type { IncomingMessage } from 'node:http';

import { FakeError } from '../fake-error.ts';
import { decodeJson, decodeQuery } from './decode.ts';
import { operationSchema, protocolOf, serviceNames } from './operation-schema.ts';
import type { OperationSchema, ServiceName } from './operation-schema.ts';

/** A request of an SDK client, decoded. Its signature is not checked. */
export interface WireRequest {
  readonly service: ServiceName;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly schema: OperationSchema;
  readonly input: unknown;
}

// The largest request is a LookupEvents with its token; anything near this bound is no request of ours.
const requestBytesMax = 1024 * 1024;

// A signed request names its credentials and their scope here.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
const credentialScope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** Reads and decodes a request. Throws a `FakeError` for what AWS would refuse before looking at it. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const body = await readBody(message);
  const scope = credentialScope.exec(message.headers.authorization ?? '');
  const [, accessKeyId, region, signedService] = scope ?? [];
  if (accessKeyId === undefined || region === undefined) {
    throw new FakeError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const target = message.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    const service = serviceNames.find((name) => {
      const protocol = protocolOf(name);
      return protocol.kind === 'awsJson' && protocol.targetPrefix === prefix;
    });
    const schema = known(service, operation);
    const json: unknown = JSON.parse(body === '' ? '{}' : body);
    return { ...schema, operation, region, accessKeyId, input: decodeJson(schema.schema.input, json) };
  }
  if (signedService === 'account') {
    // restJson: `POST /listRegions` with the members of the request as JSON.
    const name = (message.url ?? '/').slice(1);
    const operation = name.slice(0, 1).toUpperCase() + name.slice(1);
    const schema = known(signedService, operation);
    const json: unknown = JSON.parse(body === '' ? '{}' : body);
    return { ...schema, operation, region, accessKeyId, input: decodeJson(schema.schema.input, json) };
  }
  const form = new URLSearchParams(body);
  const operation = form.get('Action') ?? '';
  const schema = known(
    serviceNames.find((name) => name === signedService),
    operation,
  );
  return { ...schema, operation, region, accessKeyId, input: decodeQuery(schema.schema.input, form) };
}

function known(
  service: ServiceName | undefined,
  operation: string,
): { readonly service: ServiceName; readonly schema: OperationSchema } {
  const schema = service === undefined ? null : operationSchema(service, operation);
  if (service === undefined || schema === null) {
    throw new FakeError('UnknownOperationException', `the fake does not know the operation \`${operation}\``, 404);
  }
  return { service, schema };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > requestBytesMax) {
      throw new FakeError('RequestEntityTooLarge', 'the request is too large', 413);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
