import type { ServerResponse } from 'node:http';

import type { FakeError } from '../fake-error.ts';
import { encodeJson, encodeXml, escapeXml } from './encode.ts';
import { protocolOf } from './operation-schema.ts';
import type { ServiceName } from './operation-schema.ts';
import type { WireRequest } from './request.ts';

export type WireAnswer =
  | { readonly kind: 'output'; readonly output: unknown }
  | { readonly kind: 'error'; readonly error: FakeError };

/** Writes an answer in the protocol of its service. */
export function respond(response: ServerResponse, request: WireRequest, answer: WireAnswer, requestId: string): void {
  const protocol = protocolOf(request.service);
  response.setHeader('x-amzn-requestid', requestId);
  if (answer.kind === 'error') {
    return respondError(response, request.service, answer.error, requestId);
  }
  if (protocol.kind !== 'awsQuery') {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(encodeJson(request.schema.output, answer.output) ?? {}));
    return;
  }
  const { operation } = request;
  const result = `<${operation}Result>${encodeXml(request.schema.output, answer.output)}</${operation}Result>`;
  response.setHeader('content-type', 'text/xml');
  response.end(
    `<${operation}Response xmlns="${namespaceOf(request.service, protocol.version)}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

/** Writes an answer of status 200 that is no answer: what a proxy or a broken connection leaves of one. */
export function respondHalf(response: ServerResponse, request: WireRequest): void {
  const isXml = protocolOf(request.service).kind === 'awsQuery';
  response.setHeader('content-type', isXml ? 'text/xml' : 'application/x-amz-json-1.1');
  response.end(isXml ? `<${request.operation}Response><${request.operation}Result><User` : '{"nextToken": "ab');
}

/** Writes an error; for a request that could not be read, `service` is null and JSON is as good as any. */
export function respondError(
  response: ServerResponse,
  service: ServiceName | null,
  error: FakeError,
  requestId: string,
): void {
  const protocol = service === null ? null : protocolOf(service);
  response.statusCode = error.status;
  if (service !== null && protocol?.kind === 'awsQuery') {
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<ErrorResponse xmlns="${namespaceOf(service, protocol.version)}"><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
    return;
  }
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  if (protocol?.kind === 'restJson') {
    response.setHeader('x-amzn-errortype', error.code);
  }
  response.end(JSON.stringify({ __type: error.code, message: error.message }));
}

function namespaceOf(service: ServiceName, version: string): string {
  return `https://${service}.amazonaws.com/doc/${version}/`;
}
