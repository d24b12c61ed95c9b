import { expect, it } from 'vitest';
import { planSteps } from './plan-steps.ts';

const scanId = '6f1c2a5e-3d0b-4c62-9a51-0d7f3b1f8e11';
const accountId = '111122223333';
const target = { key: `account:${accountId}`, accountId, partition: 'aws', regions: ['eu-west-1'] };

it('a scan has IAM once, ECR in its regions, and CloudTrail in its regions and in the home region of IAM', () => {
  const steps = planSteps({ scanId, target, takenAt: '2026-11-22T12:00:00.000Z' });
  expect(steps.map((step) => (step.step === 'iam' ? 'iam' : `${step.step} ${step.region}`))).toEqual([
    'iam',
    'ecr eu-west-1',
    'cloudtrail eu-west-1',
    'cloudtrail us-east-1',
  ]);
});

it('IAM events are looked up in the home region of the partition only, ECR events where a registry is read', () => {
  const china = { ...target, partition: 'aws-cn', regions: ['cn-northwest-1', 'cn-north-1'] };
  const flags = [target, china].flatMap((each) =>
    planSteps({ scanId, target: each, takenAt: '2026-11-22T12:00:00.000Z' }).flatMap((step) =>
      step.step === 'cloudtrail' ? [[step.region, step.isHomeRegion, step.isEcrRead]] : [],
    ),
  );
  expect(flags).toEqual([
    ['eu-west-1', false, true],
    ['us-east-1', true, false],
    ['cn-north-1', true, true],
    ['cn-northwest-1', false, true],
  ]);
});

it('the activity window is the same whenever the plan is made again for the same time', () => {
  const takenAt = '2026-11-22T12:00:00.000Z';
  expect(windowsOf(takenAt)).toEqual(windowsOf(takenAt));
  expect(windowsOf(takenAt)[0]).toEqual(['2026-08-24T12:00:00.000Z', '2026-11-22T11:45:00.000Z']);
});

function windowsOf(takenAt: string): readonly (readonly string[])[] {
  return planSteps({ scanId, target, takenAt }).flatMap((step) =>
    step.step === 'cloudtrail' ? [[step.windowStart, step.windowEnd]] : [],
  );
}
