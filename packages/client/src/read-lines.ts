/** The lines of a body as they arrive, without the ends of lines. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  // By its reader: not every browser can walk through a stream.
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let isWhole = false;
  try {
    for (let rest = ''; ;) {
      const { done, value } = await reader.read();
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        yield line.endsWith('\r') ? line.slice(0, -1) : line;
      }
      if (done) {
        isWhole = true;
        return;
      }
    }
  } finally {
    if (!isWhole) {
      // Whoever stops early needs no more of it. What the service says to that interests nobody.
      await reader.cancel().catch(() => {});
    }
  }
}
