import { expect, test } from 'vitest';

import { ecrChangeEventNames, ecrUseEventNames, eventNamesFor, iamChangeEventNames } from './event-names.ts';

const all = [...iamChangeEventNames, ...ecrChangeEventNames, ...ecrUseEventNames];

test('each name is looked up once', () => {
  expect(all).toHaveLength(new Set(all).size);
  expect(all.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
});

test('events that come once per layer are never looked up', () => {
  expect(all).not.toContain('GetDownloadUrlForLayer');
  expect(all).not.toContain('UploadLayerPart');
});

test('the calls of IAM are looked up in the home region only', () => {
  expect(eventNamesFor({ isHomeRegion: false, isEcrRead: true })).not.toContain('CreateRole');
  expect(eventNamesFor({ isHomeRegion: true, isEcrRead: true })).toContain('CreateRole');
  expect(eventNamesFor({ isHomeRegion: true, isEcrRead: false })).not.toContain('SetRepositoryPolicy');
});
