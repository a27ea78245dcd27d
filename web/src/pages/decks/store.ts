/** The library of who is signed in: what is in it, what is on its way into it, and asking again. */
import { effect, type Signal, signal } from "@preact/signals";
import { DeckSending } from "../../room/deck_sending";
import { t } from "../../text/text";
import { announce } from "../../ui/live";
import { type Deck, DeckDoor, type Library } from "../../wire/decks";
import type { Problem } from "../../wire/http";
import { loadSession } from "../account";
import { comingOf, newsOf } from "./shelf";

/** How often decks that are being made are asked about, and how many at once. */
const LOOK_MS = 700;
const LOOKS = 4;
const PERIOD_MS = 20_000;

export class LibraryDesk {
  /** null until the first answer. */
  readonly library: Signal<Library | null> = signal(null);
  readonly fault: Signal<Problem | null> = signal(null);
  readonly #door = new DeckDoor();
  readonly sending = new DeckSending({
    door: this.#door,
    made: (id) => void this.#came(id),
    now: () => performance.now(),
  });
  readonly #ends: (() => void)[] = [];
  #isLooking = false;

  constructor() {
    const wake = () => this.sending.wake();
    addEventListener("online", wake);
    const held = (event: BeforeUnloadEvent) => event.preventDefault();
    const hold = effect(() => {
      removeEventListener("beforeunload", held);
      const isBusy = this.sending.list.value.some(({ upload }) => upload.state !== "failed");
      if (isBusy) addEventListener("beforeunload", held);
    });
    this.#ends.push(hold, () => removeEventListener("online", wake));
    this.#ends.push(() => removeEventListener("beforeunload", held));
  }

  async load(): Promise<void> {
    const before = this.library.value;
    const result = await this.#door.library();
    this.fault.value = result.ok ? null : result.error;
    if (result.ok) {
      this.library.value = result.value;
      for (const deck of before?.decks ?? []) this.#tell(deck);
    } else if (result.error.code === "session.required") await loadSession();
  }

  /** Keeps it fresh while somebody looks; the end of it is returned. */
  follow(): () => void {
    const refresh = () => {
      if (document.visibilityState === "visible") void this.load();
    };
    void this.load();
    const slow = setInterval(refresh, PERIOD_MS);
    const quick = setInterval(() => void this.#look(), LOOK_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(slow);
      clearInterval(quick);
      document.removeEventListener("visibilitychange", refresh);
    };
  }

  close(): void {
    this.sending.close();
    for (const end of this.#ends) end();
  }

  /** Asks for what is being made, one turn at a time. */
  async #look(): Promise<void> {
    const coming = (this.library.value?.decks ?? []).filter((one) => comingOf(one) !== null);
    if (this.#isLooking || coming.length === 0) return;
    this.#isLooking = true;
    const answers = await Promise.all(coming.slice(0, LOOKS).map((one) => this.#door.deck(one.id)));
    this.#isLooking = false;
    for (const answer of answers) if (answer.ok) this.#replace(answer.value);
    if (answers.some((one) => !one.ok && one.error.code === "deck.unknown")) await this.load();
  }

  #replace(deck: Deck): void {
    const library = this.library.value;
    const before = library?.decks.find((one) => one.id === deck.id);
    if (!library || !before) return;
    const decks = library.decks.map((one) => (one.id === deck.id ? deck : one));
    this.library.value = { ...library, decks };
    this.#tell(before);
  }

  #tell(before: Deck): void {
    const deck = this.library.value?.decks.find((one) => one.id === before.id);
    const news = deck ? newsOf(before, deck) : null;
    if (!deck || !news) return;
    const { name } = deck;
    if (news.what === "part") announce(t("decks-news-part", { name, percent: news.percent }));
    else announce(t(`decks-news-${news.what}`, { name }));
  }

  async #came(id: string): Promise<void> {
    await this.load();
    const deck = this.library.value?.decks.find((one) => one.id === id);
    if (deck) announce(t("decks-news-came", { name: deck.name }));
  }
}

let known: { account: string; desk: LibraryDesk } | null = null;

/** Uploads go on while their owner looks at other pages; another account finds nothing of them. */
export function deskOf(account: string): LibraryDesk {
  if (known?.account === account) return known.desk;
  known?.desk.close();
  known = { account, desk: new LibraryDesk() };
  return known.desk;
}
