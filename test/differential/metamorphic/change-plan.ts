import {
  type AccountPlan,
  type AttachmentsPlan,
  type DocumentPlan,
  NOT_IN_FILE,
  type OrganizationPlan,
  type PrincipalPlan,
} from '../plan.ts';

/** What is done to the statements of one document. `kind` tells identity documents from resource documents. */
export type StatementsChange = (statements: readonly unknown[], kind: 'identity' | 'resource') => readonly unknown[];

/** The plan with the statements of each of its documents changed; what is no document stays as it is. */
export function changeStatements(plan: OrganizationPlan, change: StatementsChange): OrganizationPlan {
  const changeAll = (documents: readonly DocumentPlan[], kind: 'identity' | 'resource'): readonly DocumentPlan[] =>
    documents.map((document) =>
      document.kind === 'raw' ? document : { ...document, statements: change(document.statements, kind) },
    );
  return {
    ...plan,
    identityDocuments: changeAll(plan.identityDocuments, 'identity'),
    resourceDocuments: changeAll(plan.resourceDocuments, 'resource'),
  };
}

/**
 * The plan with every policy split in two wherever one may attach two: the first half of its statements, and the
 * others. Boundaries, repository policies and registry policies stay whole: there is one of each.
 */
export function splitDocuments(plan: OrganizationPlan): OrganizationPlan {
  const identity = halves(plan.identityDocuments);
  const resource = halves(plan.resourceDocuments);
  const tree = plan.tree;
  return {
    ...plan,
    identityDocuments: identity.documents,
    resourceDocuments: resource.documents,
    accounts: plan.accounts.map((account) => splitAccount(account, identity)),
    tree:
      tree === null
        ? null
        : {
            ...tree,
            scps: tree.scps.flatMap((each) => identity.of(each.document).map((document) => ({ ...each, document }))),
            rcps: tree.rcps.flatMap((each) => resource.of(each.document).map((document) => ({ ...each, document }))),
          },
  };
}

interface Halves {
  /** Those that were there keep their places. */
  readonly documents: readonly DocumentPlan[];
  /** Where the halves of a document are. One that cannot be split is its own half. */
  of(place: number): readonly number[];
}

function halves(documents: readonly DocumentPlan[]): Halves {
  const extended = [...documents];
  const places = documents.map((document, place) => {
    if (document.kind === 'raw') {
      return [place];
    }
    const middle = Math.ceil(document.statements.length / 2);
    extended.push(
      { ...document, statements: document.statements.slice(0, middle) },
      { ...document, statements: document.statements.slice(middle) },
    );
    return [extended.length - 2, extended.length - 1];
  });
  return { documents: extended, of: (place) => places[place % documents.length] ?? [] };
}

function splitAccount(account: AccountPlan, documents: Halves): AccountPlan {
  const { managed } = account;
  const extended = [...managed];
  const places = managed.map((policy) =>
    documents.of(policy.document).map((document) => extended.push({ ...policy, document }) - 1),
  );
  const split = <Owner extends AttachmentsPlan>(owner: Owner): Owner => ({
    ...owner,
    inline: owner.inline.flatMap((place) => documents.of(place)),
    attached: owner.attached.flatMap((place) =>
      place === NOT_IN_FILE ? [place] : (places[place % managed.length] ?? []),
    ),
  });
  const splitPrincipal = (principal: PrincipalPlan): PrincipalPlan => ({
    ...split(principal),
    boundary:
      principal.boundary === null || principal.boundary === NOT_IN_FILE
        ? principal.boundary
        : principal.boundary % managed.length,
  });
  return {
    ...account,
    managed: extended,
    users: account.users.map(splitPrincipal),
    roles: account.roles.map(splitPrincipal),
    groups: account.groups.map(split),
  };
}

/** The same plan with each document named by its own place, so that further documents change no other's. */
export function withOwnPlaces(plan: OrganizationPlan): OrganizationPlan {
  const identity = (place: number): number => place % plan.identityDocuments.length;
  const resource = (place: number): number => place % plan.resourceDocuments.length;
  const owner = <Owner extends AttachmentsPlan>(each: Owner): Owner => ({ ...each, inline: each.inline.map(identity) });
  const tree = plan.tree;
  return {
    ...plan,
    accounts: plan.accounts.map((account) => ({
      ...account,
      users: account.users.map(owner),
      roles: account.roles.map(owner),
      groups: account.groups.map(owner),
      managed: account.managed.map((each) => ({ ...each, document: identity(each.document) })),
      regions: account.regions.map((region) => ({
        ...region,
        registryPolicy: region.registryPolicy === null ? null : resource(region.registryPolicy),
        repositories: region.repositories.map((each) => ({
          ...each,
          policy: each.policy === null ? null : resource(each.policy),
        })),
      })),
    })),
    tree:
      tree === null
        ? null
        : {
            ...tree,
            scps: tree.scps.map((each) => ({ ...each, document: identity(each.document) })),
            rcps: tree.rcps.map((each) => ({ ...each, document: resource(each.document) })),
          },
  };
}
