import { assembleSnapshot, plainRehearsal, policyFindings, rehearse } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions } from '../organization-generator/options.ts';

/* What is said to add nothing is taken away by the rehearsal, which knows nothing of how it was found. */

const organizations = ['1', '2', '3', '4'].map((seed) =>
  generatorOptions({ accounts: 4, principals: 60, repositories: 40, seed }),
);

test.each(organizations)(
  'taking an idle policy away changes nobody’s access in generated organization $seed',
  (options) => {
    const snapshot = assembleSnapshot(generateOrganization(options));
    const { found } = policyFindings(snapshot).idle;
    expect(found.length).toBeGreaterThan(0);
    for (const { kind, policy, owners, fromAll } of found) {
      const taken = owners.map((owner) =>
        kind === 'repository'
          ? { change: 'deleteRepositoryPolicy', repository: owner }
          : policy.includes('#inline:')
            ? { change: 'deleteInlinePolicy', identity: owner, name: policy.slice(policy.indexOf('#inline:') + 8) }
            : { change: 'detachManagedPolicy', policy, identity: owner },
      );
      for (const changes of fromAll ? [taken] : taken.map((one) => [one])) {
        const result = rehearse(snapshot, { changes }, null);
        const outcome = result.kind === 'refused' ? result.problems : plainRehearsal(result.rehearsal).groups;
        expect({ changes, outcome }).toEqual({ changes, outcome: [] });
      }
    }
  },
);
