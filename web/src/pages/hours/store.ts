/** Hours while they are written: the draft, what it would come to, and whether it is kept. */
import { computed, type Signal, signal } from "@preact/signals";
import { heardNow } from "../../booking/now";
import { addDays, instantFrom, wallAt } from "../../booking/zone";
import type { Offer } from "../../wire/booking";
import {
  type Diary,
  type Oversight,
  type Preview,
  readHours,
  tryHours,
  writeHours,
} from "../../wire/hours";
import type { Problem } from "../../wire/http";
import { listOffers } from "../../wire/offers";
import { loadSession } from "../account";
import { isSame } from "./model";

const WAIT_MS = 350;
export const PREVIEW_DAYS = 7;

export class HoursStore {
  readonly draft: Signal<Diary | null> = signal(null);
  readonly kept: Signal<Diary | null> = signal(null);
  readonly offers: Signal<readonly Offer[]> = signal([]);
  readonly offer = signal("");
  /** The first day of the preview. */
  readonly first = signal("");
  /** The last answer; it stays until a newer one is there. */
  readonly preview: Signal<Preview | null> = signal(null);
  readonly isTrying = signal(false);
  readonly problems: Signal<readonly Oversight[]> = signal([]);
  readonly fault: Signal<Problem | null> = signal(null);
  readonly tryFault: Signal<Problem | null> = signal(null);
  readonly isDirty = computed(() => {
    const [draft, kept] = [this.draft.value, this.kept.value];
    return draft !== null && kept !== null && !isSame(draft, kept);
  });
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly hostId: string) {}

  async open(): Promise<void> {
    const [hours, offers] = await Promise.all([readHours(this.hostId), listOffers(this.hostId)]);
    this.fault.value = hours.ok ? null : hours.error;
    if (!hours.ok) {
      if (hours.error.code === "session.required") await loadSession();
      return;
    }
    const { diary, problems, now } = hours.value;
    heardNow(now);
    this.kept.value = diary;
    this.draft.value = this.#remembered() ?? diary;
    this.problems.value = problems;
    this.first.value = wallAt(diary.zone, Date.parse(now)).day;
    this.offers.value = offers.ok ? offers.value.filter((one) => one.is_on) : [];
    this.offer.value = this.offers.value[0]?.id ?? "";
    await this.#try();
  }

  /** Another draft: remembered, and tried in a moment. */
  change(news: Partial<Diary>): void {
    const draft = this.draft.value;
    if (!draft) return;
    this.draft.value = { ...draft, ...news };
    this.#remember();
    this.look();
  }

  /** Try it again in a moment. */
  look(): void {
    clearTimeout(this.#timer);
    this.isTrying.value = true;
    this.#timer = setTimeout(() => void this.#try(), WAIT_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  go(days: number): void {
    this.first.value = addDays(this.first.value, days);
    this.look();
  }

  pick(offer: string): void {
    this.offer.value = offer;
    this.look();
  }

  discard(): void {
    if (this.kept.value) this.draft.value = this.kept.value;
    this.#remember();
    this.look();
  }

  async save(): Promise<Problem | null> {
    const draft = this.draft.value;
    if (!draft) return null;
    const result = await writeHours(this.hostId, draft);
    if (!result.ok) return result.error;
    this.kept.value = result.value.diary;
    // What was written while it was on its way stays a draft.
    if (this.draft.value === draft) this.draft.value = result.value.diary;
    this.problems.value = result.value.problems;
    this.#remember();
    return null;
  }

  async #try(): Promise<void> {
    const diary = this.draft.value;
    if (!diary) return;
    this.#turn += 1;
    const turn = this.#turn;
    const at = (day: string) => new Date(instantFrom(diary.zone, day, 0)).toISOString();
    const result = await tryHours(this.hostId, {
      diary,
      offer_id: this.offer.value,
      from_at: at(this.first.value),
      to_at: at(addDays(this.first.value, PREVIEW_DAYS)),
    });
    if (turn !== this.#turn) return;
    this.isTrying.value = false;
    this.tryFault.value = result.ok ? null : result.error;
    if (!result.ok) return;
    this.preview.value = result.value;
    this.problems.value = result.value.problems;
  }

  get #key(): string {
    return `classroom.hours.${this.hostId}`;
  }

  #remember(): void {
    try {
      if (this.isDirty.value) sessionStorage.setItem(this.#key, JSON.stringify(this.draft.value));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // Then it is kept for as long as the page is open.
    }
  }

  #remembered(): Diary | null {
    try {
      const text = sessionStorage.getItem(this.#key);
      return text ? (JSON.parse(text) as Diary) : null;
    } catch {
      return null;
    }
  }
}
