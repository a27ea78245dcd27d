/** A page's state as the server sends it: raw deflate (RFC 1951), bounded. */

const MOST_BYTES = 128 * 1024 * 1024;

/** Rejects on bytes that are no deflate, and on more than any page has. */
export async function inflate(deflated: Uint8Array): Promise<Uint8Array> {
  const source = new Blob([deflated as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    size += part.value.length;
    if (size > MOST_BYTES) throw new RangeError("too large for a page");
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
