import { expect, it } from 'vitest';
import { markup, prose } from './markup.ts';

it('escapes whatever is no markup, also within attributes and lists', () => {
  const hostile = '"><script>\'&';
  expect(markup`<a title="${hostile}">${[hostile, 7]}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&quot;&gt;&lt;script&gt;&#39;&amp;7</a>',
  );
  expect(markup`<p>${markup`<b>${'<'}</b>`}</p>`.html).toBe('<p><b>&lt;</b></p>');
});

it.each([
  ['ask `GET /x` or `<y>`', 'ask <code>GET /x</code> or <code>&lt;y&gt;</code>'],
  ['one ` alone', 'one ` alone'],
  ['`a` and ` alone', '<code>a</code> and ` alone'],
  ['', ''],
])('shows what stands between backticks as code: %s', (text, shown) => {
  expect(prose(text).html).toBe(shown);
});
