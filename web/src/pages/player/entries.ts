/** Everything of a recording that has words, and when it came. */
import type { Entry } from "../../recording/search";
import { readPage, wordsOf } from "../../recording/story";
import type { PlayerDesk } from "./desk";

export function entriesOf(desk: PlayerDesk): Entry[] {
  const entries: Entry[] = desk.lines.value.map(({ ms, text, pid, id }) => ({
    ...{ ms, kind: "chat", text, pid, id },
  }));
  const story = desk.story.value.clone();
  for (const { ms, event, ...said } of desk.story.value.happenings) {
    if (event === "poll" && said.phase === "opened" && typeof said.question === "string") {
      entries.push({ ms, kind: "poll", text: said.question, pid: "", id: "" });
    }
    if (event !== "turned" && event !== "page") continue;
    const page = readPage(said.page);
    const isOn = event === "turned" || page?.id === story.at(ms).page?.id;
    if (!page || !isOn) continue;
    if (page.name) entries.push({ ms, kind: "page", text: page.name, pid: "", id: "" });
    for (const text of wordsOf(said.page)) {
      entries.push({ ms, kind: "slide", text, pid: "", id: "" });
    }
  }
  for (const { from, text } of desk.captions.cues.value) {
    entries.push({ ms: from, kind: "caption", text, pid: "", id: "" });
  }
  return [...withoutRepeats(entries), ...boardEntries(desk)];
}

/** Words on a board are found when they were written to their end. */
function boardEntries(desk: PlayerDesk): Entry[] {
  const tape = desk.tape.value;
  const entries = new Map<string, Entry>();
  for (const doc of tape.docs) {
    const versions = [...tape.versions(doc)].sort((a, b) => a.from - b.from);
    for (const { item, from } of versions) {
      if ((item.t !== "text" && item.t !== "note") || item.text === "") continue;
      const one = { kind: "board", text: item.text, pid: item.by, id: item.id } as const;
      const old = entries.get(`${doc} ${item.id}`);
      if (old?.text !== item.text) entries.set(`${doc} ${item.id}`, { ...one, ms: from });
    }
  }
  return [...entries.values()];
}

/** A page that the class came back to is found where it was first. */
function withoutRepeats(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ kind, text }) => {
    if (kind !== "page" && kind !== "slide") return true;
    const key = `${kind} ${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
