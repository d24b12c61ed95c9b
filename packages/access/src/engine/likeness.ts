import type { CallerView } from './caller-view.ts';

/** A caller without its names: whoever is like it is told apart only by documents that name one of them. */
export interface Likeness {
  readonly key: string;
  readonly view: CallerView;
}

export function likenessOf(view: CallerView): Likeness {
  const { request, side } = view.caller;
  // A session whose role was not read is known to resource policies by more than its ARN.
  if (request.kind === 'role' && request.arn === request.sessionArn) {
    return { key: JSON.stringify(request), view };
  }
  const nameless = { ...request, arn: '', sessionArn: null, uniqueId: null };
  const key = JSON.stringify([nameless, side]);
  return { key, view: { ...view, principal: nameless, likeness: key } };
}
