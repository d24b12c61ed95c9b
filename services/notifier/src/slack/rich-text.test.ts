import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  blockLength,
  code,
  contextBlock,
  cut,
  escaped,
  headerBlock,
  prose,
  textBlocks,
  textLengthMax,
} from './rich-text.ts';

const textOf = (line: ReturnType<typeof prose>): string => line.map(({ text }) => text).join('');

describe('a sentence', () => {
  it('shows what stands in backticks as code, with its stars', () => {
    expect(prose('lets `*` do `ecr:*` here')).toEqual([
      { type: 'text', text: 'lets ' },
      { type: 'text', text: '*', style: { code: true } },
      { type: 'text', text: ' do ' },
      { type: 'text', text: 'ecr:*', style: { code: true } },
      { type: 'text', text: ' here' },
    ]);
  });

  it.each(['a ` b', 'a `` b', '`', 'a `b` ` c', '``` x'])('loses no backtick that has no partner: %s', (text) => {
    const shown = prose(text)
      .map((element) => ('style' in element && element.style?.code === true ? `\`${element.text}\`` : element.text))
      .join('');
    expect(shown).toBe(text);
  });

  it.each(['<!channel>', '<@U123>', '<https://evil.example|click>', '*bold* _it_ ~no~', '&lt;', ':tada:', '@here'])(
    'is text and nothing else, whatever it holds: %s',
    (text) => {
      expect(prose(text)).toEqual([{ type: 'text', text }]);
      expect(code(text)).toEqual([{ type: 'text', text, style: { code: true } }]);
    },
  );

  it('has no lines of its own, and does not turn the direction of the text', () => {
    expect(textOf(code('a\nb\r\nc\u2028d\u202Ee\u0000f'))).toBe('a b c de f');
  });
});

it('the text of a notification mentions nobody and formats nothing', () => {
  expect(escaped('<!channel> & <@U1> `x` *y*')).toBe(
    '&lt;!channel&gt; &amp; &lt;@U1&gt; `\u200Bx`\u200B *\u200By*\u200B',
  );
});

describe('the limits of Slack', () => {
  test('a header has 150 characters at most and a context 3,000', () => {
    expect(blockLength(headerBlock('x'.repeat(500)))).toBe(150);
    expect(blockLength(contextBlock('x'.repeat(5_000)))).toBe(3_000);
  });

  test('no block of text is longer than 3,000 characters, and no line is lost or torn', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 400, unit: 'grapheme' }), { maxLength: 60 }), (texts) => {
        const blocks = textBlocks(texts.map((text) => code(text)));
        expect(blocks.every((block) => blockLength(block) <= textLengthMax)).toBe(true);
        const lines = blocks.flatMap((block) => (block.type === 'rich_text' ? block.elements : []));
        expect(lines).toHaveLength(texts.length);
      }),
    );
  });

  test('a line that is too long is cut, never inside of a character', () => {
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect(cut('ab😀cd', 5)).toBe('ab😀…');
    const [block] = textBlocks([[...code('x'.repeat(5_000)), ...prose('lost')]]);
    expect(block === undefined ? 0 : blockLength(block)).toBe(textLengthMax - 1);
  });
});
