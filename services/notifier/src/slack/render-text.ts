import type { Block } from './rich-text.ts';
import type { Post, SlackMessage } from './slack-message.ts';

/** A message as people would read it in Slack, for a terminal: code in backticks, the thread indented. */
export function renderText({ main, thread }: SlackMessage): string {
  return [...linesOf(main), ...thread.flatMap((post) => linesOf(post).map((line) => `    ${line}`))].join('\n');
}

function linesOf({ blocks }: Pick<Post, 'blocks'>): readonly string[] {
  return blocks.flatMap((block) => textOf(block).split('\n'));
}

function textOf(block: Block): string {
  switch (block.type) {
    case 'header':
      return `== ${block.text.text} ==`;
    case 'context':
      return block.elements.map(({ text }) => `-- ${text}`).join('\n');
    case 'actions':
      return block.elements.map(({ text }) => `[${text.text}]`).join(' ');
    case 'rich_text':
      return block.elements
        .flatMap(({ elements }) => elements)
        .map((element) =>
          element.type === 'link'
            ? `${element.text} <${element.url}>`
            : element.style?.code === true
              ? `\`${element.text}\``
              : element.text,
        )
        .join('');
  }
}
