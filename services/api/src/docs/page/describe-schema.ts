import { type Html, markup, prose } from './markup.ts';
import { isObject, type JsonObject, textOf } from './json.ts';

/** Where the named schemas of the document have their place on the page. */
export function schemaAnchor(name: string): string {
  return `schema-${name}`;
}

const referencePrefix = '#/components/schemas/';
// Deeper ones are named schemas, which have a place of their own.
const depthMax = 6;

/** The type of a schema in a few words, with links to named ones. */
export function typeWords(schema: unknown, depth = 0): Html {
  if (!isObject(schema) || depth > depthMax) {
    return markup`anything`;
  }
  const { $ref, type, items, format } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice(referencePrefix.length);
    return markup`<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  const words = wordsOf(schema);
  if (words.length > 0) {
    return markup`${words.map((word, index) => markup`${index === 0 ? '' : ', '}<code>${textOf(word)}</code>`)}`;
  }
  const unions = unionOf(schema);
  if (unions.length > 0) {
    return markup`${unions.map((each, index) => markup`${index === 0 ? '' : ' or '}${typeWords(each, depth + 1)}`)}`;
  }
  const types = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : ['anything'];
  const named = types.map((each) =>
    each === 'array'
      ? markup`list of ${typeWords(items, depth + 1)}`
      : markup`${each === 'string' && format === 'date-time' ? 'time' : each === 'null' ? 'null' : each}`,
  );
  return markup`${named.map((each, index) => markup`${index === 0 ? '' : ' or '}${each}`)}`;
}

function wordsOf({ enum: words, const: constant }: JsonObject): readonly unknown[] {
  return Array.isArray(words) ? words : constant === undefined ? [] : [constant];
}

function unionOf({ anyOf, oneOf }: JsonObject): readonly unknown[] {
  return Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
}

/** The fields of a schema, those of objects within it below them. */
export function fieldsOf(schema: unknown, depth = 0): Html {
  if (!isObject(schema) || depth > depthMax) {
    return markup``;
  }
  const { properties, required, items } = schema;
  if (isObject(properties)) {
    const needed = Array.isArray(required) ? required : [];
    const fields = Object.entries(properties).map(([name, field]) => {
      const description = isObject(field) && typeof field['description'] === 'string' ? field['description'] : null;
      return markup`<dt>
          <code>${name}</code>
          <span class="dim">${typeWords(field)}${needed.includes(name) ? '' : ', may be absent'}</span>
        </dt>
        <dd>${description === null ? '' : prose(description)}${fieldsOf(field, depth + 1)}</dd>`;
    });
    return markup`<dl>${fields}</dl>`;
  }
  const unions = unionOf(schema).filter((each) => isObject(each) && each['$ref'] === undefined);
  return markup`${fieldsOf(items, depth + 1)}${unions.map((each) => fieldsOf(each, depth + 1))}`;
}
