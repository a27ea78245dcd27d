/** The recordings of who looks at them: what is listed, and asking again while they are made. */
import { type Signal, signal } from "@preact/signals";
import { t } from "../../text/text";
import { announce } from "../../ui/live";
import type { Problem } from "../../wire/http";
import { listRecordings, type Recording, readRecording } from "../../wire/recordings";
import { loadSession } from "../account";
import { isBeingMade, newsOf } from "./words";

const LOOK_MS = 1_500;
const LOOKS = 4;
const PERIOD_MS = 30_000;

/** What is looked for. */
export interface Asked {
  room: string;
  words: string;
}

export class RecordingsDesk {
  /** null until the first answer. */
  readonly list: Signal<readonly Recording[] | null> = signal(null);
  readonly hasMore = signal(false);
  readonly fault: Signal<Problem | null> = signal(null);
  readonly busy = signal(false);
  #asked: Asked = { room: "", words: "" };
  #turn = 0;
  #isLooking = false;

  /** Lists anew; what is asked later wins over what is answered later. */
  async load(asked: Asked = this.#asked): Promise<void> {
    this.#asked = asked;
    await this.#fetch([]);
  }

  async more(): Promise<void> {
    await this.#fetch(this.list.value ?? []);
  }

  async #fetch(known: readonly Recording[]): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.busy.value = true;
    const before = known.at(-1)?.began_at ?? "";
    const { room: room_id, words: q } = this.#asked;
    const result = await listRecordings({ room_id, q: q.trim(), before });
    if (turn !== this.#turn) return;
    this.busy.value = false;
    this.fault.value = result.ok ? null : result.error;
    if (result.ok) {
      this.list.value = [...known, ...result.value.recordings];
      this.hasMore.value = result.value.has_more;
    } else if (result.error.code === "session.required") await loadSession();
  }

  /** Keeps it fresh while somebody looks; the end of it is returned. */
  follow(): () => void {
    const refresh = () => {
      const isOnePage = (this.list.value?.length ?? 0) <= PAGE;
      if (document.visibilityState === "visible" && isOnePage) void this.load();
    };
    const slow = setInterval(refresh, PERIOD_MS);
    const quick = setInterval(() => void this.#look(), LOOK_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(slow);
      clearInterval(quick);
      document.removeEventListener("visibilitychange", refresh);
    };
  }

  /** One of them as it is now. */
  async again(id: string): Promise<void> {
    const answer = await readRecording(id);
    const list = this.list.value ?? [];
    const before = list.find((one) => one.id === id);
    if (!answer.ok || !before) return void (await this.load());
    this.list.value = list.map((one) => (one.id === id ? answer.value : one));
    const { title } = answer.value;
    const news = newsOf(before, answer.value);
    if (news) announce(t(`library-news-${news}`, { title }));
  }

  async #look(): Promise<void> {
    const made = (this.list.value ?? []).filter(isBeingMade).slice(0, LOOKS);
    if (this.#isLooking || made.length === 0 || document.visibilityState !== "visible") return;
    this.#isLooking = true;
    await Promise.all(made.map((one) => this.again(one.id)));
    this.#isLooking = false;
  }
}

/** As many as the server lists at once: a longer list is not thrown away by asking again. */
const PAGE = 50;
