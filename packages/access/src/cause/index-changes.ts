import type { ChangeIndex } from './choose-event.ts';
import type { SeenChange } from './seen-change.ts';

/** Makes changes findable by what they were about: names of IAM are one whatever their case, the others have none. */
export function indexChanges(changes: readonly SeenChange[]): ChangeIndex {
  const bySubject = new Map<string, SeenChange[]>();
  const byName = new Map<string, SeenChange[]>();
  for (const change of new Map(changes.map((each) => [each.id, each])).values()) {
    note(byName, change.eventName, change);
    for (const subject of new Set(change.subjects.map((each) => each.toLowerCase()))) {
      note(bySubject, subject, change);
    }
  }
  return {
    about: (subject) => bySubject.get(subject.toLowerCase()) ?? [],
    named: (eventName) => byName.get(eventName) ?? [],
  };
}

function note(index: Map<string, SeenChange[]>, key: string, change: SeenChange): void {
  const known = index.get(key);
  if (known === undefined) {
    index.set(key, [change]);
  } else {
    known.push(change);
  }
}
