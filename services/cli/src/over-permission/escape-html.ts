import { printable } from '../terminal/printable.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string;
}

/**
 * A tagged template whose values are escaped, in text and in quoted attributes. Markup made the same way is put in as it
 * stands, and lists of it one after the other.
 */
export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return {
    markup: texts.map((text, index) => `${text}${index < values.length ? rendered(values[index]) : ''}`).join(''),
  };
}

type HtmlValue = string | number | Html | readonly Html[];

function rendered(value: HtmlValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string' || typeof value === 'number') {
    // Names come from others: what turns the direction of the text is shown, not obeyed.
    return printable(String(value)).replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
  }
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}
