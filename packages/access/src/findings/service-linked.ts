/** Whether a service-linked role of that service is one of ECR. */
export function isOfEcr(service: string): boolean {
  return /(?:^|\.)ecr(?:-template)?\.amazonaws\.com/.test(service);
}
