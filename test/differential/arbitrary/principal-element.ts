import * as fc from 'fast-check';

import {
  ACCOUNTS,
  principalArn,
  ROLES,
  SESSIONS,
  STRANGER,
  uniqueId,
  UNCOLLECTED_MEMBER,
  USERS,
} from '../vocabulary.ts';
import { weighted } from './weighted.ts';

const [A, B] = ACCOUNTS;
const [CI, DEPLOY, TEAM_APP] = ROLES;
const [ALICE, BOB] = USERS;
const [NIGHTLY] = SESSIONS;

const OWN_NAMES = [
  principalArn(A, 'role', '/', CI),
  principalArn(A, 'role', '/team/', DEPLOY),
  principalArn(A, 'role', '/', TEAM_APP),
  principalArn(B, 'role', '/', CI),
  principalArn(A, 'user', '/', ALICE),
  principalArn(B, 'user', '/', BOB),
  `arn:aws:sts::${A}:assumed-role/${CI}/${NIGHTLY}`,
  `arn:aws:sts::${B}:assumed-role/${DEPLOY}/${NIGHTLY}`,
  A,
  `arn:aws:iam::${A}:root`,
  B,
];
const OTHER_NAMES = [
  `arn:aws:iam::${B}:root`,
  `arn:aws:sts::${A}:federated-user/${BOB}`,
  uniqueId('role', A, CI, 1),
  uniqueId('role', A, CI, 2),
  uniqueId('user', A, ALICE, 1),
  uniqueId('role', B, CI, 1),
  principalArn(A, 'role', '/aws-service-role/ecr.amazonaws.com/', CI),
  principalArn(A, 'role', '/', DEPLOY),
  principalArn(STRANGER, 'role', '/', 'partner'),
  principalArn(STRANGER, 'user', '/', ALICE),
  STRANGER,
  `arn:aws:sts::${STRANGER}:assumed-role/partner/${NIGHTLY}`,
  UNCOLLECTED_MEMBER,
  principalArn(UNCOLLECTED_MEMBER, 'role', '/', CI),
  `arn:aws-cn:iam::${A}:root`,
  `arn:aws-cn:iam::${A}:role/${CI}`,
  `arn:aws:iam::${A}:role/*`,
  `arn:aws:iam::${A}:role/`,
  `arn:aws:iam::${A}:group/all`,
];

const name = weighted([5, fc.constantFrom(...OWN_NAMES)], [3, fc.constantFrom(...OTHER_NAMES)], [1, fc.constant('*')]);

const value: fc.Arbitrary<unknown> = weighted(
  [4, fc.constant('*')],
  [6, name.map((AWS) => ({ AWS }))],
  [6, fc.array(name, { minLength: 1, maxLength: 3 }).map((AWS) => ({ AWS }))],
  [
    1,
    fc.constantFrom(
      { Service: 'lambda.amazonaws.com' },
      { Service: ['lambda.amazonaws.com', 'replication.ecr.amazonaws.com'] },
      { Service: 'lambda.amazonaws.com', AWS: A },
      { Federated: 'cognito-identity.amazonaws.com' },
      { Federated: `arn:aws:iam::${A}:saml-provider/home` },
      { CanonicalUser: 'abc' },
    ),
  ],
);

/** What stays out of a Deny must be listed whole: account, role and session. */
const WHOLE_LIST = [A, principalArn(A, 'role', '/', CI), `arn:aws:sts::${A}:assumed-role/${CI}/${NIGHTLY}`];

/** `Principal` or, less often, `NotPrincipal`. */
export const principalElement: fc.Arbitrary<object> = weighted(
  [12, value.map((Principal) => ({ Principal }))],
  [1, value.map((NotPrincipal) => ({ NotPrincipal }))],
  [1, fc.constant({ NotPrincipal: { AWS: WHOLE_LIST } })],
);
