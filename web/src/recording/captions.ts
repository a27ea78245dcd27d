/** Captions: the cues of a WebVTT file as the server writes them, for the picture and the transcript. */
export interface Cue {
  from: number;
  to: number;
  text: string;
}

const TIMES = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;

/** In order of time; blocks that are no cues are passed over. */
export function readCues(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = at < 0 ? null : TIMES.exec(lines[at] ?? "");
    if (!times) continue;
    const said = plain(lines.slice(at + 1).join("\n"));
    if (said) cues.push({ from: msOf(times[1] ?? ""), to: msOf(times[2] ?? ""), text: said });
  }
  return cues.sort((a, b) => a.from - b.from);
}

export function cueAt(cues: readonly Cue[], ms: number): Cue | null {
  return cues.findLast(({ from, to }) => from <= ms && ms < to) ?? null;
}

function msOf(time: string): number {
  const parts = time.split(":").map(Number);
  return Math.round(parts.reduce((sum, part) => sum * 60 + part, 0) * 1000);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&lrm;": "",
  "&rlm;": "",
  "&amp;": "&",
};

function plain(text: string): string {
  const bare = text.replace(/<[^>]*>/g, "");
  return bare.replace(/&(?:lt|gt|nbsp|lrm|rlm|amp);/g, (one) => ENTITIES[one] ?? one).trim();
}
