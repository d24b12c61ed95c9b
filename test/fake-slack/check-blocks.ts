import { z } from 'zod';

/*
 * What Slack refuses of blocks, as far as our messages could come near to it.
 * https://docs.slack.dev/reference/block-kit/blocks and the pages of its blocks and elements.
 */

const plain = (lengthMax: number): z.ZodType =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(lengthMax),
    emoji: z.boolean().optional(),
  });
const id = z.string().min(1).max(255);
const style = z.strictObject({ code: z.literal(true).optional(), bold: z.literal(true).optional() });
const textElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal('link'), url: z.url().max(3_000), text: z.string().min(1) }),
]);
const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plain(75),
  value: z.string().max(2_000),
  style: z.enum(['primary', 'danger']).optional(),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plain(3_000)).min(1).max(10) }),
  z
    .strictObject({ type: z.literal('actions'), block_id: id, elements: z.array(button).min(1).max(25) })
    .refine(({ elements }) => new Set(elements.map(({ action_id: action }) => action)).size === elements.length),
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2_000),
    optional: z.boolean(),
    element: z.strictObject({
      type: z.literal('plain_text_input'),
      action_id: id,
      multiline: z.boolean(),
      min_length: z.int().min(0).max(3_000),
      max_length: z.int().min(1).max(3_000),
    }),
  }),
  z
    .strictObject({
      type: z.literal('rich_text'),
      elements: z
        .array(z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(textElement).min(1) }))
        .min(1),
    })
    .refine(({ elements }) => elements.flatMap((section) => section.elements).reduce(lengthOf, 0) <= 3_000),
]);
const uniqueIds = (blocks: readonly z.output<typeof block>[]): boolean => {
  const ids = blocks.flatMap((one) => ('block_id' in one ? [one.block_id] : []));
  return new Set(ids).size === ids.length;
};
const blocksSchema = z
  .array(block)
  .min(1)
  .max(50)
  .refine(uniqueIds)
  // Its reference does not say so: `msg_blocks_too_long` comes at about 13,200 characters.
  .refine((blocks) => textOf(blocks).length < 13_200);
const viewSchema = z.strictObject({
  type: z.literal('modal'),
  callback_id: id.optional(),
  private_metadata: z.string().max(3_000).optional(),
  title: plain(24),
  submit: plain(24).optional(),
  close: plain(24),
  blocks: z.array(block).min(1).max(100).refine(uniqueIds),
});

type SlackBlock = z.output<typeof block>;

/** What Slack would not take of the blocks of a message; nothing where it takes them. */
export function problemsOfBlocks(blocks: unknown): readonly string[] {
  return problemsOf(blocksSchema, blocks);
}

/** The same of a window. */
export function problemsOfView(view: unknown): readonly string[] {
  return problemsOf(viewSchema, view);
}

/** What people read of blocks: lines, code in backticks, buttons in brackets. */
export function textOf(blocks: unknown): string {
  return z.array(block).parse(blocks).map(blockText).join('\n');
}

function problemsOf(schema: z.ZodType, value: unknown): readonly string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function lengthOf(sum: number, { text }: { readonly text: string }): number {
  return sum + text.length;
}

function blockText(one: SlackBlock): string {
  switch (one.type) {
    case 'header':
      return `== ${plainOf(one.text)} ==`;
    case 'context':
      return one.elements.map((element) => `-- ${plainOf(element)}`).join('\n');
    case 'actions':
      return one.elements.map(({ text }) => `[${plainOf(text)}]`).join(' ');
    case 'input':
      return `${plainOf(one.label)}: ____`;
    case 'rich_text':
      return one.elements
        .flatMap(({ elements }) => elements)
        .map((element) =>
          element.type === 'text' && element.style?.code === true ? `\`${element.text}\`` : element.text,
        )
        .join('');
  }
}

function plainOf(text: unknown): string {
  return z.object({ text: z.string() }).parse(text).text;
}
