import type { RegistrySettings } from './facts-schemas.ts';

/** Where images are copied to. */
export interface Destination {
  readonly region: string;
  readonly registryId: string;
}

/** Each once; none where it was not read. */
export function destinationsOf(configuration: RegistrySettings['replicationConfiguration']): Destination[] {
  const all = configuration?.rules.flatMap(({ destinations }) => destinations) ?? [];
  return [...new Map(all.map((destination) => [destinationText(destination), destination])).values()];
}

export function destinationText({ registryId, region }: Destination): string {
  return `${registryId}/${region}`;
}
