import { all, any, describeFormula, type Formula } from '@ecr-audit/policy';
import { expect, test } from 'vitest';
import { describeCondition } from './describe-condition.ts';

const gap = (place: string): Formula => ({ kind: 'unreadable', place, isGap: true });
const allows = (place: string): Formula => gap(`${place} (Allow statements)`);
const spares = (place: string): Formula => {
  const deny = gap(`${place} (Deny statements)`);
  return deny.kind === 'unreadable' ? { kind: 'not', of: deny } : deny;
};
const vpce: Formula = {
  kind: 'condition',
  operator: 'StringEquals',
  key: 'aws:SourceVpce',
  values: ['vpce-1'],
  isGap: false,
};
const own = 'policies of arn:aws:iam::999999999999:role/x';

test('what was not read is one clause behind the condition that was', () => {
  const place = 'repository policy of r';
  expect(describeCondition(all([vpce, allows(place), spares(place)]))).toBe(
    'if aws:SourceVpce is vpce-1, and if the repository policy of r, which could not be read, allows it and does not deny it',
  );
});

test('policies are many, and a document goes by its name', () => {
  expect(describeCondition(all([allows(own), spares(own)]))).toBe(
    `if the ${own}, which could not be read, allow it and do not deny it`,
  );
  const arn = 'arn:aws:iam::111122223333:policy/p';
  expect(describeCondition(all([allows(arn), spares(arn)]))).toBe(
    `if ${arn}, which could not be read, allows it and does not deny it`,
  );
});

test('the account of a stranger decides for itself', () => {
  expect(describeCondition(all([vpce, allows(own), spares(own)]), own)).toBe(
    'if aws:SourceVpce is vpce-1, and if its own account allows it',
  );
});

test('below an alternative nothing is summed up: there the condition alone may be enough', () => {
  const formula = all([any([vpce, allows(own)]), spares(own)]);
  expect(describeCondition(formula, own)).toBe(describeFormula(formula));
});
