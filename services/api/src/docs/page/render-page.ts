import { type ApiDocument, methods } from '../describe-api.ts';
import { problemCatalogue } from '../problem-catalogue.ts';
import { fieldsOf, schemaAnchor, typeWords } from './describe-schema.ts';
import { type Html, markup, prose } from './markup.ts';
import { isObject } from './json.ts';
import { operationAnchor, type PlacedOperation, renderOperation } from './render-operation.ts';
import { style } from './style.ts';

const operationsTag = 'Operations';

/** The document as one page that needs nothing else: no script, no font, no picture. */
export function renderPage(document: ApiDocument): string {
  const groups = operationsByTag(document);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title} API ${document.info.version}</title>
        <style>${{ html: style }}</style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the operations</a>
        ${navigation(groups)}
        <main id="main">
          <h1>${document.info.title} API <span class="dim">${document.info.version}</span></h1>
          <p>${prose(document.info.description ?? '')}</p>
          <p>
            This page is made from <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1), which generators of clients
            read.
          </p>
          ${authentication(document)}
          ${groups.map(
            ([tag, operations]) =>
              markup`<section id="tag-${tag}">
                <h2>${tag}</h2>
                ${operations.map(renderOperation)}
              </section>`,
          )}
          ${problems()} ${schemas(document)}
        </main>
      </body>
    </html>
`;
  return page.html;
}

function operationsByTag(document: ApiDocument): (readonly [string, readonly PlacedOperation[]])[] {
  const groups = new Map<string, PlacedOperation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      const tag = operation?.tags?.[0] ?? operationsTag;
      if (operation !== undefined) {
        groups.set(tag, [...(groups.get(tag) ?? []), { method, path, operation }]);
      }
    }
  }
  // Whether the process is well interests few who read.
  return [...groups].toSorted(([a], [b]) => Number(a === operationsTag) - Number(b === operationsTag));
}

function navigation(groups: readonly (readonly [string, readonly PlacedOperation[]])[]): Html {
  return markup`<nav aria-label="Operations">
    ${groups.map(
      ([tag, operations]) =>
        markup`<h2>${tag}</h2>
          <ul>
            ${operations.map(
              (placed) =>
                markup`<li>
                  <a href="#${operationAnchor(placed)}"
                    ><span class="method ${placed.method}">${placed.method}</span
                    ><span>${operationAnchor(placed)}</span></a
                  >
                </li>`,
            )}
          </ul>`,
    )}
    <h2>Reference</h2>
    <ul>
      <li><a href="#authentication">Authentication</a></li>
      <li><a href="#problems">Problems</a></li>
      <li><a href="#schemas">Schemas</a></li>
    </ul>
  </nav>`;
}

function authentication({ components }: ApiDocument): Html {
  const schemes: readonly unknown[] = Object.values(components?.securitySchemes ?? {});
  return markup`${schemes.map((scheme) =>
    isObject(scheme) && typeof scheme['description'] === 'string'
      ? markup`<section id="authentication">
          <h2>Authentication</h2>
          <p>${prose(scheme['description'])}</p>
          <p>
            ${prose('With a token, the commands below need one argument more: `-H "authorization: Bearer $TOKEN"`.')}
          </p>
        </section>`
      : '',
  )}`;
}

function problems(): Html {
  return markup`<section id="problems">
    <h2>Problems</h2>
    <p>
      ${prose(
        'What is not answered is told as a problem document (RFC 9457, `application/problem+json`). `code` is stable: programs may rely on it, and on nothing in `title` and `detail`, which are for people. New codes may come with any version.',
      )}
    </p>
    <div class="wide" tabindex="0" role="region" aria-label="Problems">
      <table>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Status</th>
            <th scope="col">Meaning</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          ${problemCatalogue().map(
            ({ code, status, title, remedy }) =>
              markup`<tr id="problem-${code}">
                <td><code>${code}</code></td>
                <td>${status}</td>
                <td>${prose(title)}</td>
                <td>${prose(remedy)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function schemas(document: ApiDocument): Html {
  const named: readonly (readonly [string, unknown])[] = Object.entries(document.components?.schemas ?? {});
  return markup`<section id="schemas">
    <h2>Schemas</h2>
    ${named.map(
      ([name, schema]) =>
        markup`<article id="${schemaAnchor(name)}">
          <h3><a href="#${schemaAnchor(name)}">${name}</a></h3>
          ${isObject(schema) && typeof schema['description'] === 'string' ? markup`<p>${prose(schema['description'])}</p>` : ''}
          ${isObject(schema) && isObject(schema['properties']) ? '' : markup`<p class="dim">${typeWords(schema)}</p>`}${fieldsOf(schema)}
        </article>`,
    )}
  </section>`;
}
