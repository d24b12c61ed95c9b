import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** A file as it was written: its value, and where each key of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** The line of the value at a path, or of the nearest place above it; of the key itself for one that is unknown. */
  lineOf(path: readonly PropertyKey[], key?: string): number;
}

export interface YamlProblem {
  readonly line: number;
  readonly message: string;
}

// A few shared lists are legitimate; aliases of aliases that grow without bound are not.
const aliasesMax = 100;

/**
 * Twelve digits are an account id and not a number, quoted or not: `012345678901` would lose its zero.
 * No number of a configuration is as long.
 */
const accountIdTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^\d{12}$/,
  resolve: (text: string): string => text,
} as const;

/** Parses YAML 1.2, of which JSON is a part. Problems of the notation are values, each with its line. */
export function parseYaml(
  text: string,
):
  | { readonly kind: 'document'; readonly document: YamlDocument }
  | { readonly kind: 'problems'; readonly problems: readonly YamlProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    customTags: (standard) => [accountIdTag, ...standard],
  });
  // A warning is a tag that is not known: its value would be read as something else than was meant.
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0) {
    const problems = complaints.map(({ pos: [offset], message }) => ({ line: lines.linePos(offset).line, message }));
    return { kind: 'problems', problems };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasesMax });
    return { kind: 'document', document: { value, lineOf: (path, key) => lineOf(document, lines, path, key) } };
  } catch (error) {
    return {
      kind: 'problems',
      problems: [{ line: 1, message: error instanceof Error ? error.message : String(error) }],
    };
  }
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[], key?: string): number {
  let node: unknown = document.contents;
  let line = 1;
  for (const step of path) {
    line = keyLine(lines, node, String(step)) ?? line;
    node = isCollection(node) ? node.get(typeof step === 'symbol' ? String(step) : step, true) : undefined;
    line = isScalar(node) ? (startLine(lines, node) ?? line) : line;
  }
  return key === undefined ? line : (keyLine(lines, node, key) ?? line);
}

function keyLine(lines: LineCounter, node: unknown, key: string): number | null {
  if (!isMap(node)) {
    return null;
  }
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return startLine(lines, pair?.key);
}

function startLine(lines: LineCounter, node: unknown): number | null {
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
}
