/** Says what happens on the board: notices to everybody, and to ears what others draw. */
import { effect } from "@preact/signals";
import type { BoardView } from "../../../board/view_types";
import { hasText, t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import { watchInk } from "../decks/ink_seen";
import type { Desk } from "../desk";
import { wordsOfPlace } from "./place";
import { groundOf, wordsOf } from "./words";

/** What others add is told at most this often, together. */
const QUIET_MS = 5_000;

export function followBoardNews(desk: Desk, view: BoardView): () => void {
  const stops = [
    tellNotices(view),
    tellPages(desk, view),
    tellLocks(desk, view),
    tellItems(view),
    watchInk(view),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What the board has to say of what one tried on it. */
export function tellNotices(view: BoardView): () => void {
  let told = 0;
  return effect(() => {
    const notice = view.notice.value;
    if (!notice || notice.serial <= told) return;
    told = notice.serial;
    toast(noticeText(notice.code, notice.params));
  });
}

function noticeText(code: string, params: Readonly<Record<string, string | number>>): string {
  const reason = String(params.reason ?? "").replaceAll(".", "-");
  // The reason says more than the notice when it has a sentence of its own.
  if (reason !== "" && hasText(`error-${reason}`)) return t(`error-${reason}`, { ...params });
  return t(`board-notice-${code.replaceAll(".", "-")}`, { ...params });
}

function tellPages(desk: Desk, view: BoardView): () => void {
  let before = "";
  return effect(() => {
    const id = view.pageId.value;
    if (id === before || id === "") return;
    const first = before === "";
    before = id;
    const words = wordsOfPlace(desk, id);
    if (!first && words) announce(words);
  });
}

/** A student whose tools go because the page was locked reads why; everybody else hears of it. */
function tellLocks(desk: Desk, view: BoardView): () => void {
  let told = "";
  return effect(() => {
    const id = view.pageId.value;
    const locked = desk.room.value.board.pages.some((page) => page.id === id && page.is_locked);
    if (!locked || told === id) {
      if (!locked) told = "";
      return;
    }
    told = id;
    const self = desk.self.peek();
    const drew = self?.role === "student" && self.pen !== "none";
    (drew ? toast : announce)(t("board-page-locked"));
  });
}

function tellItems(view: BoardView): () => void {
  let known: ReadonlySet<string> = new Set();
  let page = "";
  let fresh: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const items = view.items.peek().filter((item) => fresh.includes(item.id));
    fresh = [];
    const [one] = items;
    if (!one) return;
    const ground = groundOf(view.page.peek(), view.items.peek());
    if (items.length === 1) announce(wordsOf(one, view.authorName(one.by), ground));
    else announce(t("board-say-more", { count: items.length }));
  };
  const stop = effect(() => {
    const items = view.items.value;
    const ready = view.pageState.value === "ready";
    const same = page === view.pageId.value && ready && known.size > 0;
    page = ready ? view.pageId.value : "";
    if (same) {
      for (const item of items) if (!known.has(item.id) && !view.isOwn(item)) fresh.push(item.id);
    }
    known = new Set(items.map((item) => item.id));
    if (fresh.length > 0) timer ??= setTimeout(tell, QUIET_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
