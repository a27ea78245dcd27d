/** One request that carries lines both ways: on a line that loses much, several are on their way. */

const PARTING = "\u001e";

/** Sends the lines; tells each line of the answer as it comes. Rejects when it broke or was given up. */
export type Exchange = (
  uri: string,
  lines: string[],
  told: (line: string) => void,
  signal: AbortSignal,
) => Promise<void>;

export const exchange: Exchange = async (uri, lines, told, signal) => {
  const answer = await fetch(uri.replace(/^ws/, "http"), {
    method: "POST",
    body: lines.join(PARTING),
    cache: "no-store",
    credentials: "omit",
    signal,
  });
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) return;
    const parts = (rest + decoder.decode(read.value, { stream: true })).split(PARTING);
    rest = parts.pop() ?? "";
    for (const line of parts) told(line);
  }
};
