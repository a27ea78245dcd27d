/** The board's pages as small pictures: look, add, copy, name, order, lock, remove. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { announce } from "../../../ui/live";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { BoardPage } from "../../../wire/messages";
import type { Desk } from "../desk";
import {
  addPage,
  duplicatePage,
  mayLead,
  movePage,
  removePage,
  renamePage,
  setLocked,
} from "./acts";
import { DeckList } from "./deck_list";
import { PagePicture } from "./page_picture";
import { beforeOf, nameOfPage } from "./pager";
import { ReservedList } from "./reserved_list";
import { ownPages } from "./slides";

const NAME_MAX = 60;

export function PagesPanel({ desk, view }: { desk: Desk; view: BoardView }) {
  const { board } = desk.room.value;
  const leads = mayLead(desk);
  const pages = ownPages(board.pages, leads);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const removed = useFocusAfterRemoval(list, pages);
  const shown = view.pageId.value;
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.closest("li")?.scrollIntoView({
      block: "nearest",
    });
  }, [shown]);
  const move = (id: string, to: number) => {
    if (to < 0 || to >= pages.length) return;
    movePage(desk, id, beforeOf(pages, id, to));
    announce(t("board-page-moved", { at: to + 1, count: pages.length }));
  };
  const drop = (target: string) => {
    const to = pages.findIndex((page) => page.id === target);
    if (dragged && dragged !== target) move(dragged, to);
    setDragged(null);
    setOver(null);
  };
  return (
    <>
      <div class="scroll">
        <ul class="page-list" ref={list} aria-label={t("board-pages")}>
          {pages.map((page, at) => (
            <li
              key={page.id}
              class={pageClass(page.id, { dragged, over })}
              draggable={leads}
              onDragStart={(event) => {
                setDragged(page.id);
                event.dataTransfer?.setData("text/x-page", page.id);
              }}
              onDragOver={(event) => {
                if (!dragged) return;
                event.preventDefault();
                setOver(page.id);
              }}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDrop={(event) => {
                event.preventDefault();
                drop(page.id);
              }}
            >
              <Page
                desk={desk}
                view={view}
                page={page}
                at={at}
                isClass={page.id === board.page_id}
                count={pages.length}
                onMove={(step) => move(page.id, at + step)}
                onRemove={() => {
                  removed.current = at;
                  void removePage(desk, page.id);
                }}
              />
            </li>
          ))}
        </ul>
        <DeckList desk={desk} view={view} />
        <ReservedList desk={desk} view={view} />
      </div>
      {leads && (
        <div class="panel-foot">
          <Button look="line" icon="plus" onClick={() => void addPage(desk, view.pageId.value)}>
            {t("board-page-add")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The menu that removed a page goes with it: the keyboard goes on at the page in its place. */
function useFocusAfterRemoval(list: RefObject<HTMLElement | null>, pages: readonly BoardPage[]) {
  const removed = useRef<number | null>(null);
  const count = useRef(pages.length);
  useLayoutEffect(() => {
    const fewer = pages.length < count.current;
    count.current = pages.length;
    const at = removed.current;
    if (!fewer || at === null) return;
    removed.current = null;
    if (document.activeElement !== document.body) return;
    const cards = list.current?.querySelectorAll<HTMLElement>(".page-open");
    cards?.[Math.min(at, pages.length - 1)]?.focus();
  }, [pages.length]);
  return removed;
}

function pageClass(id: string, drag: { dragged: string | null; over: string | null }): string {
  if (drag.dragged === id) return "page-card is-dragged";
  return drag.dragged && drag.over === id ? "page-card is-target" : "page-card";
}

interface PageProps {
  desk: Desk;
  view: BoardView;
  page: BoardPage;
  at: number;
  /** Of how many. */
  count: number;
  /** The class looks at it. */
  isClass: boolean;
  onMove(step: number): void;
  onRemove(): void;
}

function Page(props: PageProps) {
  const { desk, view, page, at, isClass } = props;
  const [naming, setNaming] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const name = nameOfPage(page, at + 1);
  const shown = view.pageId.value === page.id;
  const facts = [
    isClass ? t("board-page-class") : "",
    page.is_locked ? t("board-page-locked") : "",
  ].filter(Boolean);
  return (
    <>
      <button
        type="button"
        ref={opener}
        class="page-open"
        aria-current={shown ? "page" : undefined}
        aria-label={[t("board-page-open", { name }), ...facts].join(t("room-list-comma"))}
        aria-keyshortcuts={mayLead(desk) ? "Alt+ArrowUp Alt+ArrowDown" : undefined}
        onClick={() => view.openPage(page.id)}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step === 0) return;
          event.preventDefault();
          if (event.altKey && mayLead(desk)) props.onMove(step);
          else if (!event.altKey) neighbour(event.currentTarget, step)?.focus();
        }}
      >
        <PagePicture view={view} page={page} class="page-picture" />
      </button>
      <div class="page-line">
        {naming ? (
          <NameField
            name={page.name}
            onDone={(next, byKey) => {
              if (byKey) opener.current?.focus();
              setNaming(false);
              if (next !== null && next.trim() !== page.name) renamePage(desk, page.id, next);
            }}
          />
        ) : (
          <span class="page-name ell" data-tip={name}>
            <b class="num">{at + 1}</b>
            {page.name !== "" && <span class="ell">{page.name}</span>}
          </span>
        )}
        {isClass && (
          <span class="pill pill-accent" data-tip={t("board-page-class")}>
            <Icon name="eye" />
            <span class="vh">{t("board-page-class")}</span>
          </span>
        )}
        {page.is_locked && (
          <span class="st warn" role="img" aria-label={t("board-page-locked")}>
            <Icon name="lock" />
          </span>
        )}
        {mayLead(desk) && !naming && (
          <Menu
            label={t("board-page-more", { name })}
            icon="more"
            items={pageMenu(props, () => setNaming(true))}
          />
        )}
      </div>
    </>
  );
}

function pageMenu(props: PageProps, onName: () => void): (MenuItem | MenuBreak)[] {
  const { desk, page, at, count } = props;
  return [
    { label: t("board-page-name"), icon: "text", run: onName },
    {
      label: t("board-page-duplicate"),
      icon: "duplicate",
      run: () => void duplicatePage(desk, page.id),
    },
    {
      label: t("board-page-up"),
      icon: "arrow-up",
      disabled: at === 0,
      run: () => props.onMove(-1),
    },
    {
      label: t("board-page-down"),
      icon: "arrow-down",
      disabled: at === count - 1,
      run: () => props.onMove(1),
    },
    {
      label: t(page.is_locked ? "board-page-unlock" : "board-page-lock"),
      icon: page.is_locked ? "unlock" : "lock",
      run: () => setLocked(desk, page.id, !page.is_locked),
    },
    { heading: null },
    {
      label: t("board-page-remove"),
      icon: "trash",
      danger: true,
      disabled: count === 1,
      run: props.onRemove,
    },
  ];
}

function neighbour(button: HTMLElement, step: number): HTMLElement | null {
  const card = button.closest("li");
  const next = step > 0 ? card?.nextElementSibling : card?.previousElementSibling;
  return next?.querySelector<HTMLElement>(".page-open") ?? null;
}

interface NameProps {
  name: string;
  /** Null: it stays as it was. `byKey`: the keyboard wants to go on near by. */
  onDone(name: string | null, byKey: boolean): void;
}

function NameField({ name, onDone }: NameProps) {
  const ref = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  // A key ends it, and the field that goes then loses the focus: that is no second end.
  const finish = (next: string | null, byKey: boolean) => {
    if (done.current) return;
    done.current = true;
    onDone(next, byKey);
  };
  useLayoutEffect(() => ref.current?.select(), []);
  return (
    <input
      ref={ref}
      class="input page-name-field"
      aria-label={t("board-page-name")}
      defaultValue={name}
      maxLength={NAME_MAX}
      onBlur={(event) => finish(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.isComposing) finish(event.currentTarget.value, true);
        if (event.key === "Escape") {
          event.stopPropagation();
          finish(null, true);
        }
      }}
    />
  );
}
