import { type Cells, naiveSince } from './naive-history.ts';

/** In which evaluations of a history a cell is decided as it is in one of them. Indices; `until` is null while it is. */
export interface NaiveValidity {
  readonly since: number;
  readonly until: number | null;
  readonly isUnreadAfter: boolean;
  readonly unread: readonly { readonly from: number; readonly until: number }[];
}

/** What one who keeps every cell of every evaluation answers. */
export function naiveValidity(history: readonly Cells[], index: number, key: string): NaiveValidity {
  const said = history.map((cells) => cells.get(key));
  const decided = said[index]?.decided;
  const since = naiveSince(history.slice(0, index + 1), key);
  let last = index;
  for (let later = index + 1; later < history.length; later += 1) {
    if (said[later]?.decided === decided) {
      last = later;
    } else if (said[later]?.decision !== 'unknown') {
      break;
    }
  }
  const unread: { from: number; until: number }[] = [];
  for (let each = since; each <= last; each += 1) {
    if (said[each]?.decided !== decided) {
      const open = unread.at(-1);
      if (open?.until === each) {
        open.until = each + 1;
      } else {
        unread.push({ from: each, until: each + 1 });
      }
    }
  }
  const until = last + 1 < history.length ? last + 1 : null;
  return {
    since,
    until,
    isUnreadAfter: until !== null && decided !== 'unknown' && said[until]?.decision === 'unknown',
    unread,
  };
}
