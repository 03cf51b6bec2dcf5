// Netstrings, the framing of baresip's control socket: `<length>:<bytes>,`.

const lengthMax = 1_000_000;

export function encodeNetstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Puts chunks together; throws `RangeError` when a length is no number or too large. */
export class NetstringReader {
  #pending: Buffer = Buffer.alloc(0);

  /** The texts that are complete with this chunk. */
  read(chunk: Buffer): string[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const texts: string[] = [];
    for (;;) {
      const colon = this.#pending.indexOf(':');
      if (colon < 0) return texts;
      const length = Number(this.#pending.toString('latin1', 0, colon));
      if (!Number.isInteger(length) || length > lengthMax) throw new RangeError('This is no netstring.');
      const end = colon + 1 + length;
      if (this.#pending.length <= end) return texts;
      texts.push(this.#pending.toString('utf8', colon + 1, end));
      this.#pending = this.#pending.subarray(end + 1);
    }
  }
}
