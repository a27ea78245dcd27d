/**
 * The talk between the class and the copy of an activity in its frame. The frame is of no origin, so
 * what is told to it goes to whatever runs there, and from there wherever that likes: no name is in it.
 */
import type { Signal } from "@preact/signals";
import { effect, untracked } from "@preact/signals";
import {
  type ActivitiesMirror,
  type ActivityNews,
  type ActivityYou,
  Bucket,
  type FrameWish,
  type FrameWord,
  markOf,
  parsed,
  valuesOf,
  wishOf,
} from "../../../room/activity";
import { type RoomState, selfOf } from "../../../room/state";
import type { Wire } from "../../../wire/socket";

const A_SECOND = 20;
const IN_A_ROW = 40;

interface Ports {
  room: Signal<RoomState>;
  request: Wire["request"];
  /** To the frame. */
  post(word: FrameWord & { classroom: 1 }): void;
  now(): number;
}

export class ActivityTalk {
  readonly #ports: Ports;
  readonly #pageId: string;
  readonly #bucket = new Bucket(A_SECOND, IN_A_ROW);
  readonly #stop: () => void;
  #isReady = false;
  #you = "";
  #news: ActivityNews | null;
  #kept: ActivitiesMirror["kept"];

  constructor(pageId: string, ports: Ports) {
    this.#pageId = pageId;
    this.#ports = ports;
    const { news, kept } = ports.room.peek().activities;
    this.#news = news;
    this.#kept = kept;
    this.#stop = effect(() => {
      const room = ports.room.value;
      untracked(() => this.#follow(room));
    });
  }

  close(): void {
    this.#stop();
  }

  /**
   * Something came from the frame; the caller knows that it did. Reading `data` unpacks it, which of
   * a large message takes long: it is not read of one that is dropped.
   */
  hear(message: { readonly data: unknown }): void {
    if (!this.#bucket.take(this.#ports.now())) return;
    const wish = wishOf(message.data);
    if (wish) void this.#grant(wish);
  }

  async #grant(wish: FrameWish): Promise<void> {
    const { room, request } = this.#ports;
    const page_id = this.#pageId;
    switch (wish.type) {
      case "ready":
        this.#isReady = true;
        return this.#hello();
      case "get":
        return this.#post({
          ...{ type: "value", key: wish.key },
          value: valuesOf(room.peek().activities, page_id).get(wish.key) ?? null,
        });
      case "set": {
        const { key, value } = wish;
        const answer = await request("activity.set", { page_id, key, value });
        if (!answer.ok) this.#post({ type: "refused", key, code: answer.error.code });
        return;
      }
      case "event": {
        const { name, value } = wish;
        const answer = await request("activity.event", { page_id, name, value });
        if (!answer.ok) this.#post({ type: "refused", key: name, code: answer.error.code });
      }
    }
  }

  #hello(): void {
    const room = this.#ports.room.peek();
    const you = youOf(room, this.#pageId);
    this.#you = JSON.stringify(you);
    const values = Object.fromEntries(valuesOf(room.activities, this.#pageId));
    this.#post({ type: "hello", you, values });
  }

  #follow(room: RoomState): void {
    const { news, kept } = room.activities;
    const you = youOf(room, this.#pageId);
    const isNews = news !== this.#news;
    const isSnapshot = news === null && (isNews || kept !== this.#kept);
    this.#news = news;
    this.#kept = kept;
    if (!this.#isReady) return;
    // After a snapshot nobody knows what was missed: everything is told anew.
    if (isSnapshot) this.#hello();
    else if (news !== null && isNews) this.#tell(news);
    if (JSON.stringify(you) !== this.#you) {
      this.#you = JSON.stringify(you);
      this.#post({ type: "you", you });
    }
  }

  #tell(news: ActivityNews): void {
    if (news.page_id !== this.#pageId) return;
    const value = parsed(news.value);
    if (value === undefined) return;
    const by = news.by === "" ? null : markOf(news.page_id, news.by);
    if (news.type === "activity_changed") this.#post({ type: "changed", key: news.key, value, by });
    else this.#post({ type: "event", name: news.name, value, by });
  }

  #post(word: FrameWord): void {
    try {
      this.#ports.post({ classroom: 1, ...word });
    } catch {
      // A value of another copy that is nested too deep to be handed on: this copy goes without it.
    }
  }
}

function youOf(room: RoomState, page_id: string): ActivityYou {
  const self = selfOf(room);
  const role = self?.role ?? "observer";
  const isLocked = room.board.pages.some((page) => page.id === page_id && page.is_locked);
  const mayWrite = !isLocked || role === "host" || role === "assistant";
  return {
    id: markOf(page_id, room.selfId),
    role,
    may_set: self !== null && self.pen !== "none" && mayWrite,
  };
}
