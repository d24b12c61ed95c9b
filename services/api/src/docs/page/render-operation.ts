import type { Operation } from '../describe-api.ts';
import { fieldsOf, typeWords } from './describe-schema.ts';
import { type Html, markup, prose } from './markup.ts';
import { exampleText, isObject, textOf } from './json.ts';

/** An operation with where it is found. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export function operationAnchor({ operation, path }: PlacedOperation): string {
  return operation.operationId ?? path;
}

/** What an operation takes and answers, with its example. */
export function renderOperation(placed: PlacedOperation): Html {
  const { method, path, operation } = placed;
  const anchor = operationAnchor(placed);
  return markup`<article id="${anchor}" aria-labelledby="${anchor}-title">
    <h3 id="${anchor}-title"><a href="#${anchor}">${prose(operation.summary ?? anchor)}</a></h3>
    <p class="route">
      <span class="method ${method}">${method}</span> <code>${path}</code>
      <span class="dim">${anchor}${scope(operation)}</span>
    </p>
    ${operation.description === undefined ? '' : markup`<p>${prose(operation.description)}</p>`}
    ${curl(operation)}${parameters(operation)}${body(operation)}${answers(operation)}
  </article> `;
}

function scope({ security = [] }: Operation): Html {
  const scopes = security.flatMap((each) => Object.values(each).flat());
  return scopes.length === 0 ? markup`` : markup`, needs the scope <code>${scopes.join(', ')}</code>`;
}

function curl(operation: Operation): Html {
  const samples: unknown = operation['x-codeSamples'];
  const sample: unknown = Array.isArray(samples) ? samples[0] : null;
  return isObject(sample) && typeof sample['source'] === 'string'
    ? markup`<pre class="line" tabindex="0" role="region" aria-label="Example request"><code>${sample['source']}</code></pre>`
    : markup``;
}

function parameters({ parameters: listed = [] }: Operation): Html {
  const rows = listed.flatMap((parameter) =>
    'in' in parameter
      ? [
          markup`<tr>
            <td>
              <code>${parameter.name}</code>${parameter.in === 'path' ? markup` <span class="dim">path</span>` : ''}
            </td>
            <td>${parameterType(parameter.schema)}</td>
            <td>${prose(parameter.description ?? descriptionOf(parameter.schema))}</td>
            <td>${parameter.example === undefined ? '' : markup`<code>${textOf(parameter.example)}</code>`}</td>
          </tr>`,
        ]
      : [],
  );
  return rows.length === 0
    ? markup``
    : markup`<h4>Parameters</h4>
        <div class="wide" tabindex="0" role="region" aria-label="Parameters">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Value</th>
                <th scope="col">Meaning</th>
                <th scope="col">Example</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>
        </div>`;
}

function parameterType(schema: unknown): Html {
  const limits = isObject(schema)
    ? [
        ['from', schema['minimum']],
        ['to', schema['maximum']],
        ['default', schema['default']],
      ].flatMap(([word, value]) => (value === undefined ? [] : [` ${textOf(word)} ${textOf(value)}`]))
    : [];
  return markup`${typeWords(schema)}${limits}`;
}

function descriptionOf(schema: unknown): string {
  return isObject(schema) && typeof schema['description'] === 'string' ? schema['description'] : '';
}

function body({ requestBody }: Operation): Html {
  if (requestBody === undefined || !('content' in requestBody)) {
    return markup``;
  }
  return markup`<h4>Body</h4>
    ${Object.entries(requestBody.content).map(
      ([type, { schema, example }]) =>
        markup`<p><code>${type}</code> ${typeWords(schema)}</p>
          ${fieldsOf(schema)}${example === undefined ? '' : exampleBlock('Example body', example)}`,
    )}`;
}

function answers({ responses = {} }: Operation): Html {
  const listed = Object.entries(responses).filter(([status]) => status !== 'default');
  return markup`<h4>Answers</h4>
    ${listed.map(([status, response]) => {
      const content: Readonly<Record<string, { readonly schema?: unknown; readonly example?: unknown }>> =
        response?.content ?? {};
      return markup`<p><strong>${status}</strong> ${prose(response?.description ?? '')}</p>
        ${Object.entries(content).map(
          ([type, { schema, example }]) =>
            markup`<details>
              <summary><code>${type}</code> ${type === 'application/json' ? typeWords(schema) : ''}</summary>
              ${fieldsOf(schema)}${example === undefined ? '' : exampleBlock('Example answer', example)}
            </details>`,
        )}`;
    })}
    <p class="dim">Everything else is a <a href="#problems">problem</a>.</p>`;
}

function exampleBlock(label: string, example: unknown): Html {
  return markup`<pre tabindex="0" role="region" aria-label="${label}"><code>${exampleText(example)}</code></pre>`;
}
