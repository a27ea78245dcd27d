/** The chat of a recording: its lines as they came, without those that were deleted. */
export interface Line {
  ms: number;
  id: string;
  pid: string;
  text: string;
  replyTo: string;
}

export function readTalk(text: string): Line[] {
  const lines = new Map<string, Line>();
  for (const one of text.split("\n")) {
    const said = readLine(one);
    if (!said) continue;
    if (said.deleted === true) lines.delete(said.id);
    else {
      const words = typeof said.text === "string" ? said.text : "";
      const replyTo = typeof said.reply_to === "string" ? said.reply_to : "";
      const pid = typeof said.pid === "string" ? said.pid : "";
      if (words) lines.set(said.id, { ms: said.ms, id: said.id, pid, text: words, replyTo });
    }
  }
  return [...lines.values()].sort((a, b) => a.ms - b.ms);
}

type Said = { ms: number; id: string } & Record<string, unknown>;

function readLine(text: string): Said | null {
  if (text === "") return null;
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    if (typeof said.ms !== "number" || !said.id) return null;
    return { ...said, ms: said.ms, id: String(said.id) };
  } catch {
    return null;
  }
}
