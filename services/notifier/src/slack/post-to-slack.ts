import { z } from 'zod';
import type { CallSlack } from './slack-client.ts';
import type { Post } from './slack-message.ts';

/** Where a post is. */
export const placeSchema = z.object({ channel: z.string(), ts: z.string() });

/** One post, to a channel or into a thread. */
export async function postToSlack(
  call: CallSlack,
  to: { readonly channel: string; readonly thread_ts?: string },
  { key, post: { text, blocks } }: { readonly key: string; readonly post: Post },
): Promise<z.output<typeof placeSchema>> {
  return placeSchema.parse(
    await call('chat.postMessage', {
      ...to,
      text,
      blocks,
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'ecr_audit_message', event_payload: { key } },
    }),
  );
}
