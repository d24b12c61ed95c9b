import openapiTS, { astToString } from 'openapi-typescript';

type JsonObject = Readonly<Record<string, unknown>>;

const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** The files of `src/generated` for a document, by name. They follow from it alone. */
export async function generatedFiles(text: string): Promise<ReadonlyMap<string, string>> {
  const document: unknown = JSON.parse(text);
  if (!isObject(document)) {
    throw new Error('expected an OpenAPI document');
  }
  const types = await openapiTS(text, { immutable: true, defaultNonNullable: false });
  return new Map([
    ['types.ts', `${astToString(types).trimEnd()}\n`],
    ['routes.ts', routesOf(document)],
  ]);
}

/** Where each operation is found: the only thing of the document that is needed when a program runs. */
function routesOf({ paths }: JsonObject): string {
  const routes = Object.entries(isObject(paths) ? paths : {}).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) =>
      methods.has(method) && isObject(operation)
        ? [`  ${String(operation['operationId'])}: ['${method.toUpperCase()}', '${path}'],\n`]
        : [],
    ),
  );
  const head = '// Generated from the OpenAPI document by `pnpm openapi:write`.\n\n';
  const doc = '/** The method and the path of each operation. */\n';
  return `${head}${doc}export const routes = {\n${routes.join('')}} as const;\n`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
