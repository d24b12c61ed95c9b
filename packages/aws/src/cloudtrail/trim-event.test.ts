import { expect, test } from 'vitest';

import { trimEvent } from './trim-event.ts';

test('the image manifest is dropped from request and answer, and the rest stays', () => {
  const record = {
    eventName: 'PutImage',
    requestParameters: { repositoryName: 'shop/api', imageTag: '1', imageManifest: 'x'.repeat(100_000) },
    responseElements: { image: { imageManifest: 'x', imageId: { imageDigest: 'sha256:00' } } },
  };
  const trimmed = trimEvent({ EventId: '1', CloudTrailEvent: JSON.stringify(record) });
  expect(JSON.parse(trimmed.CloudTrailEvent ?? '')).toEqual({
    eventName: 'PutImage',
    requestParameters: { repositoryName: 'shop/api', imageTag: '1' },
    responseElements: { image: { imageId: { imageDigest: 'sha256:00' } } },
  });
});

test.each([
  ['a record without a manifest', '{ "requestParameters": {"repositoryName": "a"} }'],
  ['a record that is no JSON', 'imageManifest {'],
  ['a manifest that stands elsewhere', '{"requestParameters":null,"errorMessage":"imageManifest is invalid"}'],
])('%s stays to the letter', (_title, text) => {
  expect(trimEvent({ CloudTrailEvent: text }).CloudTrailEvent).toBe(text);
});
