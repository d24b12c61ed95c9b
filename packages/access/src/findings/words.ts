/** `a`, `a and b`, `a, b and 3 more`: short whatever there is. */
export function listed(names: readonly string[], max = 3): string {
  const shown = names.slice(0, max);
  const more = names.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.at(-1) ?? 'nothing';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 repository`, `12 repositories`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The actions without `ecr:`, a few of them. */
export function actionWords(actions: readonly string[]): string {
  return listed(
    actions.map((action) => action.replace(/^ecr:/, '')),
    4,
  );
}

/** `only if ...`, `unless ...`: a condition as a doubt. */
export function onlyWords(condition: string): string {
  return condition.startsWith('if ') ? `only ${condition}` : condition;
}

/** How findings name the registry of an account and region, as the subjects of changes do. */
export function registryName({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `registry:${accountId}/${region}`;
}
