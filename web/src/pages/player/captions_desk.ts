/** Captions of a recording: which are there, which are shown, and what they say now. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Cue, cueAt } from "../../recording/captions";
import type { Manifest } from "../../recording/manifest";
import { language } from "../../text/text";
import { fetchCues } from "./files";

export class CaptionsDesk {
  /** Shown on the picture. */
  readonly isOn: Signal<boolean> = signal(false);
  readonly locale: Signal<string> = signal("");
  readonly cues: Signal<readonly Cue[]> = signal([]);
  readonly caption: ReadonlySignal<string>;
  #wanted = "";

  constructor(
    private readonly session: ReadonlySignal<string>,
    ms: ReadonlySignal<number>,
  ) {
    this.caption = computed(() =>
      this.isOn.value ? (cueAt(this.cues.value, ms.value)?.text ?? "") : "",
    );
  }

  /** The first time what is there is known: in the reader's language, if there are such. */
  async take(all: Manifest["captions"]): Promise<void> {
    const [tongue] = language.peek().split("-");
    const own = all.find(({ locale }) => locale.startsWith(tongue ?? ""));
    const chosen = all.find(({ locale }) => locale === this.locale.peek()) ?? own ?? all[0];
    if (chosen && chosen.locale !== this.locale.peek()) await this.pick(chosen);
  }

  async pick({ locale, url }: Manifest["captions"][number]): Promise<void> {
    this.#wanted = locale;
    const answer = await fetchCues(this.session.peek(), url);
    if (!answer.ok || this.#wanted !== locale) return;
    this.locale.value = locale;
    this.cues.value = answer.value;
  }
}
