/** The week that is looked at: loaded, kept fresh by the desk's news, and what is done in it. */
import { computed, effect, type Signal, signal } from "@preact/signals";
import { heardNow, serverNow } from "../../booking/now";
import { addDays, mondayOf, wallAt } from "../../booking/zone";
import type { Offer } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { listOffers } from "../../wire/offers";
import { readWeek, type Week } from "../../wire/week";
import { loadSession } from "../account";
import { deskLine, deskNews } from "../queue/feed";
import { shownWeek } from "./shown";

const PERIOD_MS = 60_000;
/** News come in bursts: a series is many bookings. */
const BURST_MS = 150;

export class WeekStore {
  readonly week: Signal<Week | null> = signal(null);
  readonly offers: Signal<readonly Offer[] | null> = signal(null);
  readonly fault: Signal<Problem | null> = signal(null);
  /** Whose free times are shown; empty for none. */
  readonly offer = signal("");
  /** The first day that is shown. */
  readonly first: Signal<string>;
  readonly shown = computed(() => (this.week.value ? shownWeek(this.week.value) : null));
  /** Told again each minute, for the line of now. */
  readonly now = signal(0);
  #turn = 0;
  /** Days that were asked for before the first answer. */
  #waiting = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly hostId: string,
    readonly zone: string,
    readonly days = 7,
    first = "",
  ) {
    // Which day it is the server says: the clock here may be wrong.
    this.first = signal(days < 7 ? first : first ? mondayOf(first) : "monday");
  }

  /** The same for another width, at the same time: of this week, today. */
  inDays(days: number): WeekStore {
    const today = this.today();
    const shown = this.week.peek()?.days.some((one) => one.day === today) ?? true;
    return new WeekStore(this.hostId, this.zone, days, shown ? "" : this.first.peek());
  }

  today(): string {
    return wallAt(this.week.peek()?.zone ?? this.zone, serverNow()).day;
  }

  async open(): Promise<void> {
    const found = await listOffers(this.hostId);
    this.offers.value = found.ok ? found.value : [];
    const first = this.offers.value.find((one) => one.is_on);
    if (first && !this.offer.value) this.offer.value = first.id;
    await this.load();
  }

  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const answer = await readWeek(this.hostId, this.first.value, this.days, this.offer.value);
    // What is asked later wins over what is answered later.
    if (turn !== this.#turn) return;
    this.fault.value = answer.ok ? null : answer.error;
    if (answer.ok) {
      heardNow(answer.value.now);
      this.now.value = serverNow();
      this.week.value = answer.value;
      this.first.value = answer.value.days[0]?.day ?? this.first.value;
      const by = this.#waiting;
      this.#waiting = 0;
      if (by) await this.go(by);
    } else if (answer.error.code === "session.required") await loadSession();
  }

  async go(days: number): Promise<void> {
    if (this.week.value) await this.goTo(addDays(this.first.value, days));
    // Before the first answer nobody knows from where: it is gone as soon as it is there.
    else this.#waiting += days;
  }

  /** The days of now. */
  async goToday(): Promise<void> {
    await this.goTo(this.today());
  }

  async goTo(day: string): Promise<void> {
    this.first.value = this.days === 7 ? mondayOf(day) : day;
    await this.load();
  }

  async pick(offer: string): Promise<void> {
    this.offer.value = offer;
    await this.load();
  }

  /** Soon, once, however much news comes. */
  refresh = (): void => {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.load(), BURST_MS);
  };

  /** Keeps it fresh while somebody looks; the end of it is returned. */
  follow(): () => void {
    let isFirst = true;
    // Each piece of the desk's news, and its line coming back after it was gone.
    const leave = effect(() => {
      const [news, isThere] = [deskNews.value, deskLine.value];
      if ((news || isThere) && !isFirst) this.refresh();
      isFirst = false;
    });
    const look = () => {
      if (document.visibilityState === "visible") this.refresh();
    };
    const timer = setInterval(() => {
      this.now.value = serverNow();
    }, PERIOD_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      leave();
      clearInterval(timer);
      clearTimeout(this.#soon);
      document.removeEventListener("visibilitychange", look);
    };
  }
}
