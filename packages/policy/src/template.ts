import { MULTIVALUED_KEYS, type RequestContext } from './context.ts';
import { type Readable, readable, unreadable } from './problem.ts';

/** A piece of a value in a policy: text that is meant literally, a wildcard, or a policy variable. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'one' }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | null };

export type Template = readonly Token[];

/** `wildcards`: whether `*` and `?` are wildcards here. `variables`: whether `${...}` is a variable here. */
export interface TemplateSyntax {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

const STAR: Token = { kind: 'star' };
const ONE: Token = { kind: 'one' };

/**
 * Splits a value of a policy into text, wildcards and variables.
 *
 * `${*}`, `${?}` and `${$}` are the characters themselves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string, syntax: TemplateSyntax, place: string): Readable<Template> {
  const tokens: Token[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') {
      tokens.push({ kind: 'text', text: literal });
      literal = '';
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (syntax.variables && char === '$' && text.charAt(at + 1) === '{') {
      const end = closingBrace(text, at + 2);
      if (end === -1) {
        return unreadable(place, 'has a policy variable that is not closed: expected `}` after `${`');
      }
      const inside = text.slice(at + 2, end).trim();
      if (inside === '*' || inside === '?' || inside === '$') {
        literal += inside;
      } else {
        const variable = parseVariable(inside, place);
        if (variable.kind === 'unreadable') {
          return variable;
        }
        flush();
        tokens.push(variable.value);
      }
      at = end;
    } else if (syntax.wildcards && (char === '*' || char === '?')) {
      flush();
      tokens.push(char === '*' ? STAR : ONE);
    } else {
      literal += char;
    }
  }
  flush();
  return readable(tokens);
}

/** The brace that closes a variable; one inside a quoted default does not. */
function closingBrace(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "'") {
      quoted = !quoted;
    } else if (char === '}' && !quoted) {
      return at;
    }
  }
  return -1;
}

function parseVariable(inside: string, place: string): Readable<Token> {
  const comma = inside.indexOf(',');
  const key = (comma === -1 ? inside : inside.slice(0, comma)).trim();
  if (key === '') {
    return unreadable(place, 'has an empty policy variable: expected the name of a condition key between `${` and `}`');
  }
  if (comma === -1) {
    return readable({ kind: 'variable', key: key.toLowerCase(), fallback: null });
  }
  const fallback = inside.slice(comma + 1).trim();
  // Its quotes come in pairs: a brace within quotes closes no variable.
  if (!fallback.startsWith("'") || !fallback.endsWith("'")) {
    return unreadable(place, "has a policy variable whose default value is not quoted: expected `${key, 'default'}`");
  }
  return readable({ kind: 'variable', key: key.toLowerCase(), fallback: fallback.slice(1, -1) });
}

/**
 * A template with the variables that the request settles. `open` still holds variables whose keys are unknown; a gap
 * where one of them could have been known.
 */
export type Resolved =
  | { readonly kind: 'closed'; readonly template: Template }
  | { readonly kind: 'open'; readonly template: Template; readonly isGap: boolean }
  | { readonly kind: 'noValue' };

/**
 * Puts the request's values in place of variables; they are literal, their own `*` and `?` too.
 *
 * A variable whose key is absent, or has several values, has no value: nothing matches it.
 */
export function resolveTemplate(template: Template, context: RequestContext): Resolved {
  // As it stands for most templates, which are asked about again and again.
  if (!template.some(({ kind }) => kind === 'variable')) {
    return { kind: 'closed', template };
  }
  let isOpen = false;
  let isGap = false;
  const tokens: Token[] = [];
  for (const token of template) {
    if (token.kind !== 'variable') {
      append(tokens, token);
      continue;
    }
    if (MULTIVALUED_KEYS.has(token.key)) {
      return { kind: 'noValue' };
    }
    const value = context.lookup(token.key);
    switch (value.kind) {
      case 'present': {
        const [only] = value.values;
        if (value.values.length === 1 && only !== undefined) {
          append(tokens, { kind: 'text', text: only });
        } else if (value.values.length === 0 && token.fallback !== null) {
          append(tokens, { kind: 'text', text: token.fallback });
        } else {
          return { kind: 'noValue' };
        }
        break;
      }
      case 'absent':
        if (token.fallback === null) {
          return { kind: 'noValue' };
        }
        append(tokens, { kind: 'text', text: token.fallback });
        break;
      case 'prefix':
      case 'other':
      case 'unread':
      case 'unknown':
        isOpen = true;
        isGap ||= value.kind === 'unread';
        append(tokens, token);
        break;
    }
  }
  return isOpen ? { kind: 'open', template: tokens, isGap } : { kind: 'closed', template: tokens };
}

/** Joins texts that meet, so that `$` beside a value that begins with a brace is not rendered as a variable. */
function append(tokens: Token[], token: Token): void {
  const last = tokens.at(-1);
  if (token.kind !== 'text') {
    tokens.push(token);
  } else if (last?.kind === 'text') {
    tokens[tokens.length - 1] = { kind: 'text', text: `${last.text}${token.text}` };
  } else if (token.text !== '') {
    tokens.push(token);
  }
}

/** The literal text of a template without wildcards or variables. */
export function templateText(template: Template): string {
  return template.map((token) => (token.kind === 'text' ? token.text : '')).join('');
}

/** Renders a template so that parsing it again under Version 2012-10-17 gives the same template. */
export function renderTemplate(template: Template, syntax: TemplateSyntax): string {
  return template
    .map((token) => {
      switch (token.kind) {
        case 'star':
          return '*';
        case 'one':
          return '?';
        case 'variable':
          return token.fallback === null ? `\${${token.key}}` : `\${${token.key}, '${token.fallback}'}`;
        case 'text':
          return escapeText(token.text, syntax);
      }
    })
    .join('');
}

function escapeText(text: string, syntax: TemplateSyntax): string {
  let escaped = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (syntax.wildcards && (char === '*' || char === '?')) {
      escaped += `\${${char}}`;
    } else if (char === '$' && text.charAt(at + 1) === '{') {
      escaped += '${$}';
    } else {
      escaped += char;
    }
  }
  return escaped;
}
