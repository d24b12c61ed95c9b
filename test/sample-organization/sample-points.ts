import { assembleSnapshot, type Snapshot } from '@ecr-audit/access';
import { pointDirectories, sampleOrganization } from './sample-organization.ts';

/** Both points as they can be asked. */
export function samplePoints(): { before: Snapshot; after: Snapshot } {
  const files = sampleOrganization();
  const at = (directory: string) =>
    assembleSnapshot(
      files.flatMap(({ path, content }) =>
        path.startsWith(`${directory}/`) ? [{ path: path.slice(directory.length + 1), content }] : [],
      ),
    );
  return { before: at(pointDirectories.before), after: at(pointDirectories.after) };
}
