/** Text that is safe within an element and within a quoted attribute. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Part[];

/**
 * Markup with everything that stands in it escaped, unless it is markup itself.
 *
 * By this name and not `html`, whose templates formatters take apart: a style with other spaces has another hash.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, index) => `${text}${textOf(parts[index - 1] ?? '')}${string}`) };
}

function textOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') {
    return escaped(String(part));
  }
  return isList(part) ? part.map(textOf).join('') : part.html;
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A sentence in which what stands between backticks is code. */
export function prose(text: string): Html {
  const parts = text.split('`');
  // Without a partner the last one is a character like any other.
  const last = parts.length % 2 === 0 ? `\`${parts.pop() ?? ''}` : '';
  return markup`${parts.map((part, index) => (index % 2 === 0 ? part : markup`<code>${part}</code>`))}${last}`;
}
