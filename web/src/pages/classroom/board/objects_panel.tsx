/**
 * The page in words: everything on it in reading order, so that it can be walked, edited and added
 * to by keyboard and with a screen reader.
 */
import { computed } from "@preact/signals";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Item } from "../../../board/model";
import type { BoardView, CentredKind } from "../../../board/view_types";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import type { IconName } from "../../../ui/icon";
import { announce } from "../../../ui/live";
import { groundOf, inReadingOrder, wordsOf } from "./words";

const KINDS: readonly { kind: CentredKind; icon: IconName }[] = [
  { kind: "text", icon: "text" },
  { kind: "note", icon: "note" },
  { kind: "tex", icon: "formula" },
  { kind: "rect", icon: "rect" },
  { kind: "ell", icon: "ell" },
  { kind: "line", icon: "line" },
  { kind: "arrow", icon: "arrow" },
];

/** So many are drawn around the one in focus; more would be slow and nobody reads them at once. */
const DRAWN = 120;
const STEP = 10;
const FAR = 50;

export function ObjectsPanel({ view }: { view: BoardView }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const order = useMemo(() => computed(() => inReadingOrder(view.items.value)), [view]);
  const [focused, setFocused] = useState<string | null>(null);
  const items = order.value;
  const at = Math.max(
    0,
    items.findIndex((item) => item.id === focused),
  );
  const ground = groundOf(view.page.value, items);
  const draws = view.pen.value !== "none";
  useEffect(() => () => view.focusItem(null), [view]);
  const go = (to: number) => {
    const item = items[Math.min(items.length - 1, Math.max(0, to))];
    if (!item) return;
    setFocused(item.id);
    view.focusItem(item.id);
  };
  const from = Math.max(0, Math.min(at - DRAWN / 2, items.length - DRAWN));
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [focused]);
  return (
    <>
      <div class="objects">
        {draws && (
          <fieldset class="objects-add" aria-label={t("board-add")}>
            {KINDS.map(({ kind, icon }) => (
              <IconButton
                key={kind}
                label={t(`board-add-${kind}`)}
                icon={icon}
                onClick={() => {
                  view.insertCentred(kind);
                  if (kind !== "text" && kind !== "note" && kind !== "tex")
                    announce(t("board-added", { what: t(`board-item-${kind}`) }));
                }}
              />
            ))}
          </fieldset>
        )}
        {items.length === 0 ? (
          <p class="chat-none">{t(draws ? "board-objects-none" : "board-objects-none-looking")}</p>
        ) : (
          <div
            ref={list}
            class="scroll object-list"
            role="listbox"
            tabIndex={0}
            aria-label={t("board-objects")}
            aria-activedescendant={items[at] && focused ? `${id}-${items[at].id}` : undefined}
            aria-describedby={`${id}-how`}
            onFocus={() => go(at)}
            onBlur={() => view.focusItem(null)}
            onKeyDown={(event) => {
              if (!press(event, { view, items, at, go })) return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            {items.slice(from, from + DRAWN).map((item, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it hears the keys.
              <div
                key={item.id}
                tabIndex={-1}
                id={`${id}-${item.id}`}
                role="option"
                class="object"
                aria-selected={item.id === focused}
                aria-setsize={items.length}
                aria-posinset={from + i + 1}
                onClick={() => {
                  go(from + i);
                  view.select([item.id]);
                }}
                onDblClick={() => edit(view, item)}
              >
                {wordsOf(item, nameOf(view, item), ground)}
              </div>
            ))}
          </div>
        )}
      </div>
      <p class="panel-foot objects-how" id={`${id}-how`}>
        {t(draws ? "board-objects-how" : "board-objects-how-looking")}
      </p>
    </>
  );
}

function nameOf(view: BoardView, item: Item): string {
  return view.isOwn(item) ? t("board-by-you") : view.authorName(item.by);
}

interface Place {
  view: BoardView;
  items: readonly Item[];
  at: number;
  go(to: number): void;
}

const WALK: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: STEP, PageUp: -STEP };
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** True when the key was for the list. */
function press(event: KeyboardEvent, { view, items, at, go }: Place): boolean {
  const item = items[at];
  if (!item || event.ctrlKey || event.metaKey) return false;
  const way = MOVES[event.key];
  if (event.altKey && way) {
    if (!mayChange(view, item)) return true;
    const step = event.shiftKey ? FAR : STEP;
    view.moveItem(item.id, way[0] * step, way[1] * step);
    announce(t("board-moved"));
    return true;
  }
  const walk = WALK[event.key];
  if (walk !== undefined) go(at + walk);
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(items.length - 1);
  else if (event.key === "Enter") edit(view, item);
  else if (event.key === "Delete" || event.key === "Backspace")
    remove(view, item, () => go(at + 1));
  else return false;
  return true;
}

function edit(view: BoardView, item: Item): void {
  if (!mayChange(view, item)) return;
  if (item.t === "text" || item.t === "note" || item.t === "tex") view.editItem(item.id);
  else view.select([item.id]);
}

function remove(view: BoardView, item: Item, next: () => void): void {
  if (!mayChange(view, item)) return;
  next();
  view.removeItem(item.id);
  announce(t("board-removed"));
}

function mayChange(view: BoardView, item: Item): boolean {
  const may = view.mayChange(item);
  if (!may)
    announce(
      t(view.pen.value === "none" ? "board-notice-pen-missing" : "board-notice-item-foreign"),
    );
  return may;
}
