import { catalogOf } from './managed-policies.ts';
import { changeDocument, concernsImages } from './change-document.ts';
import { type DocumentKind, type DocumentSlot, documentSlots } from './document-slots.ts';
import { granteesOf } from './generate.ts';
import type { Account, GeneratedOrganization } from './model.ts';
import { createRandom, type Random } from './random.ts';
import { makeRepository } from './repositories.ts';
import { makeRole } from './roles.ts';

export interface DayOptions {
  /** How many documents get another text. */
  readonly documents: number;
  /** Only documents of these kinds. */
  readonly kinds?: readonly DocumentKind[];
  /** Only documents about images, in what they say about images. */
  readonly isAboutImages?: boolean;
  /** Whether now and then a role or a repository comes or goes; they do unless it is false. */
  readonly hasComingsAndGoings?: boolean;
}

/** On how many days somebody touches a policy of the organization: about once a month, unlike other documents. */
const GUARDRAIL_CHANGES_PER_DAY = 1 / 30;

const ROLES_MADE_PER_DAY = 0.5;
const ROLES_DELETED_PER_DAY = 0.4;
const REPOSITORIES_MADE_PER_DAY = 0.4;
const REPOSITORIES_DELETED_PER_DAY = 0.25;

/** What is made after the first day has a number from here on, so that no name comes twice. */
const FIRST_LATER_NUMBER = 1_000_000;

/** The same organization a day later. What it was stays as it is; the same organization always gives the same day. */
export function nextDay(yesterday: GeneratedOrganization, options: DayOptions): GeneratedOrganization {
  const { scene, ...rest } = yesterday;
  const organization: GeneratedOrganization = { scene, ...structuredClone(rest), day: yesterday.day + 1 };
  const random = createRandom(`${scene.seed} day ${organization.day}`);
  if (options.hasComingsAndGoings !== false) {
    comeAndGo(random, organization);
  }
  for (const slot of chosenSlots(random, organization, options)) {
    change(random, organization, slot, options.isAboutImages === true);
  }
  return organization;
}

/** How many changes take an earlier one back. */
const RESTORED_SHARE = 0.25;

/**
 * A document is never more than one edit away from what it was at first. Edits on edits would wear the access of an
 * organization away over a year, because more ways lead to none than to more.
 */
function change(
  random: Random,
  { scene, firstDocuments }: GeneratedOrganization,
  slot: DocumentSlot,
  isAboutImages: boolean,
): void {
  const text = JSON.stringify(slot.document);
  const first = firstDocuments.get(slot.key) ?? slot.document;
  if (JSON.stringify(first) !== text && random.chance(RESTORED_SHARE)) {
    slot.replace(first);
    return;
  }
  for (;;) {
    const changed = changeDocument(random, { ...slot, document: first }, { scene, isAboutImages });
    if (JSON.stringify(changed) !== text) {
      firstDocuments.set(slot.key, first);
      slot.replace(changed);
      return;
    }
  }
}

function chosenSlots(random: Random, organization: GeneratedOrganization, options: DayOptions): DocumentSlot[] {
  const { documents, kinds, isAboutImages } = options;
  const all = documentSlots(organization)
    .filter(({ kind }) => kinds?.includes(kind) ?? true)
    .filter(({ document }) => isAboutImages !== true || document.Statement.some(concernsImages));
  const isGuardrailDay = kinds !== undefined || random.chance(GUARDRAIL_CHANGES_PER_DAY);
  const [guardrails, others] = [
    all.filter(({ kind }) => kind === 'organization'),
    all.filter(({ kind }) => kind !== 'organization'),
  ];
  const chosenGuardrails = isGuardrailDay ? random.some(guardrails, Math.min(1, documents)) : [];
  return [...chosenGuardrails, ...random.some(others, documents - chosenGuardrails.length)];
}

function comeAndGo(random: Random, organization: GeneratedOrganization): void {
  const number = FIRST_LATER_NUMBER + organization.day;
  const account = random.pick(organization.accounts);
  const place = { scene: organization.scene, account: account.plan };
  if (random.chance(ROLES_MADE_PER_DAY)) {
    account.roles.push(makeRole(place, catalogOf(place), number));
  }
  if (random.chance(ROLES_DELETED_PER_DAY)) {
    account.roles.splice(random.below(account.roles.length), 1);
  }
  if (random.chance(REPOSITORIES_MADE_PER_DAY)) {
    makeRepositoryIn(random, organization, account);
  }
  if (random.chance(REPOSITORIES_DELETED_PER_DAY)) {
    const { repositories } = random.pick(account.registries);
    repositories.splice(random.below(repositories.length), 1);
  }
}

function makeRepositoryIn(random: Random, { scene, accounts }: GeneratedOrganization, account: Account): void {
  const registry = random.pick(account.registries);
  const taken = new Set(registry.repositories.map(({ name }) => `${registry.region} ${name}`));
  const sharedTexts = registry.repositories.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  const grantees = granteesOf(accounts);
  const place = { scene, account: account.plan };
  const repository = makeRepository(random, { place, registry, taken, grantees, sharedTexts });
  registry.repositories.push(repository);
}
