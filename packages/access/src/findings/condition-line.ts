/** A condition of a scope: what hangs on it, null for all of the scope. */
export interface ConditionLine {
  readonly who: ReadonlySet<string> | null;
  readonly rights: ReadonlySet<string> | null;
  /** ARNs, `registry:ACCOUNT/REGION`, registries as `…:repository/*`, or `*` for every repository of the scope. */
  readonly places: ReadonlySet<string> | null;
  readonly condition: string;
}

interface LineTexts {
  /** Ids with a blank between; empty where the scope is about one. */
  readonly who: string;
  /** With a comma and a blank between. */
  readonly right: string;
  /** With a blank between. */
  readonly where: string;
  readonly condition: string;
}

/** `for ID ID: ACTION, ACTION in PLACE PLACE: if ...`. None of the parts holds a blank by itself. */
export function conditionLine({ who, right, where, condition }: LineTexts): string {
  return `${who === '' ? '' : `for ${who}: `}${right} in ${where}: ${condition}`;
}

/** Reads it again. A text of another form is a condition of all of the scope. */
export function readConditionLine(text: string): ConditionLine {
  const ofAll = { who: null, rights: null, places: null, condition: text };
  const forWhom = text.startsWith('for ') ? cut(text.slice('for '.length), ': ') : null;
  const [who, rest] = forWhom ?? [null, text];
  const [rights, after] = cut(rest, ' in ') ?? [null, ''];
  const [places, condition] = cut(after, ': ') ?? [null, ''];
  const actions = rights?.split(', ') ?? [];
  if (rights === null || places === null || !actions.every((action) => /^[A-Za-z:-]+$/.test(action))) {
    return ofAll;
  }
  return {
    who: who === null ? null : new Set(who.split(' ')),
    rights: new Set(actions),
    places: new Set(places.split(' ')),
    condition,
  };
}

function cut(text: string, separator: string): readonly [string, string] | null {
  const at = text.indexOf(separator);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + separator.length)];
}
