// Server-sent events (HTML standard, 9.2) out of the bytes of an answer.

/** A line without an end for so long is no stream of ours. */
const TEXT_MAX = 4 * 1024 * 1024;

export interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Null stands for a comment: the other end is alive. Throws where what comes has no end. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Message | null> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      if (rest.length > TEXT_MAX) throw new Error('a live event without an end');
      for (const block of blocks) yield messageOf(block);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function messageOf(block: string): Message | null {
  const fields = { id: '', event: '', data: [] as string[] };
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(id|event|data):? ?(.*)$/.exec(line) ?? [];
    if (name === 'data') fields.data.push(value);
    else if (name === 'id' || name === 'event') fields[name] = value;
  }
  return fields.data.length === 0 ? null : { ...fields, data: fields.data.join('\n') };
}
