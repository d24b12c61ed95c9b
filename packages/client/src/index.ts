export { createClient, type Client, type ClientOptions } from './create-client.ts';
export type {
  Answer,
  Arguments,
  Body,
  EventOperation,
  Input,
  Item,
  JsonOperation,
  ListOperation,
  OperationId,
  Query,
  RequestSettings,
  Schemas,
  StreamedOperation,
} from './operation-types.ts';
export { ApiProblem, UnexpectedAnswer, type FieldProblem, type ProblemCode } from './problem.ts';
export type { ServerEvent } from './read-events.ts';
