import { readdirSync, readFileSync } from 'node:fs';
import { answerRequest, explainRequest, tellStory } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { samplePoints } from '../sample-organization/sample-points.ts';

const folder = new URL('./stories/', import.meta.url);
const { after } = samplePoints();
const question = z.looseObject({ principal: z.string(), action: z.string(), resource: z.string() });

/** A file of a story holds the question as its first line, then the story as it is printed, read by hand. */
function storyOf(file: string): { readonly asked: unknown; readonly story: string } {
  const text = readFileSync(new URL(file, folder), 'utf8');
  const [first = '', ...rest] = text.split('\n\n');
  return { asked: question.parse(JSON.parse(first)), story: rest.join('\n\n').trimEnd() };
}

const files = readdirSync(folder).toSorted();

test.each(files)('the sample organization tells the story %s', (file) => {
  const { asked, story } = storyOf(file);
  const result = explainRequest(after, asked);
  expect(result.kind === 'explanation' ? tellStory(result.explanation).join('\n') : result.message).toBe(story);
});

test.each(files)('%s is told of the answer that is given without a story', (file) => {
  const { asked } = storyOf(file);
  const result = explainRequest(after, asked);
  expect(result).toMatchObject({ kind: 'explanation', explanation: answerRequest(after, asked) });
});

test('there is a story for each way in which an answer comes about', () => {
  const headlines = files.map((file) => storyOf(file).story.split(':')[0]);
  expect(files.length).toBeGreaterThanOrEqual(10);
  expect(new Set(headlines).size).toBe(5);
});
