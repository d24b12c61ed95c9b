import type { Capability } from '../ecr/capabilities.ts';

/** Which used actions show that a capability was used. */
type CapabilityEvidence = Readonly<Record<Capability, readonly string[]>>;

/*
 * A pull is many events: the manifest (BatchGetImage), then a URL for each layer that the puller lacks. A layer that it has
 * makes none, so the manifest alone shows a pull. A push ends with PutImage; layers without it leave no image behind.
 * BatchGetImage is part of a push, too, so who pushes shows a pull as well where the client read a manifest.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */
const EVIDENCE: CapabilityEvidence = {
  pull: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  push: ['ecr:PutImage'],
  delete: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
  administer: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
  replicate: ['ecr:ReplicateImage'],
};

/** The capabilities that the use of an action shows; none for one that only goes along with others. */
export function capabilitiesShownBy(action: string): readonly Capability[] {
  const capabilities: readonly Capability[] = ['pull', 'push', 'delete', 'administer', 'replicate'];
  return capabilities.filter((capability) => EVIDENCE[capability].includes(action));
}
