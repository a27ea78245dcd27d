/** Everything about the page and the board that is needed seldom. */
import { useRef, useState } from "preact/hooks";
import type { Paper } from "../../../board/model";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { BoardPage, Placement } from "../../../wire/messages";
import { hasNotesPanel } from "../decks/notes";
import { isStripOn, toggleStrip } from "../decks/strip_on";
import { OpenWallDialog } from "../wall/open_dialog";
import { clearPage, mayLead, setInfinite, setLocked, setPaper, unclearPage } from "./acts";
import type { BoardProps } from "./board_props";
import { DeckExportDialog } from "./deck_export_dialog";
import { ExportDialog } from "./export_dialog";
import { saveFile } from "./save_file";
import { ownPages, slidesPlaced } from "./slides";

const PAPERS: readonly Paper[] = ["plain", "dots", "grid", "ruled", "graph"];
const LINE: MenuBreak = { heading: null };

export function BoardMenu({ desk, view }: BoardProps) {
  const [exporting, setExporting] = useState(false);
  const [opening, setOpening] = useState(false);
  const [deckOut, setDeckOut] = useState<Placement | null>(null);
  const deck = slidesPlaced(desk.room.value.board.placements, view.page.value?.placement);
  const file = useRef<HTMLInputElement>(null);
  const leads = mayLead(desk);
  const { title } = desk.room.value;
  const small = desk.form.value === "phone";
  const items: (MenuItem | MenuBreak)[] = [
    { label: t("board-pages"), icon: "pages", run: () => desk.togglePanel("pages") },
    { label: t("board-objects"), icon: "objects", run: () => desk.togglePanel("objects") },
    ...(small ? [{ label: t("board-zoom-fit"), icon: "fit", run: () => view.fit() } as const] : []),
    ...slideItems({ desk, view }),
    ...wallItems(desk, () => setOpening(true)),
    ...(leads ? pageItems({ desk, view }) : []),
    LINE,
    { label: t("board-export"), icon: "download", run: () => setExporting(true) },
    ...(leads && deck
      ? [{ label: t("export-deck"), icon: "slides", run: () => setDeckOut(deck) } as const]
      : []),
    {
      label: t("board-file-save"),
      icon: "download",
      run: async () => {
        const made = await view.exportBoardFile();
        if (made.ok) saveFile(made.value, `${title}.board.json`);
        else toast(refusalText(made.error, {}));
      },
    },
    ...(leads
      ? [{ label: t("board-file-load"), icon: "upload", run: () => file.current?.click() } as const]
      : []),
  ];
  const load = async (chosen: File | undefined) => {
    if (!chosen) return;
    const restored = await view.restore(chosen);
    if (restored.ok) toast(t("board-file-loaded", { count: restored.value }));
    else toast(refusalText(restored.error, {}));
  };
  return (
    <>
      <Menu label={t("board-menu")} items={items} class="btn btn-sm btn-quiet src" side="above">
        <Icon name="board" />
        <span class="vh">{t("board-menu")}</span>
        <span aria-hidden="true">{t("board")}</span>
        <Icon name="down" />
      </Menu>
      <input
        ref={file}
        type="file"
        class="vh"
        tabIndex={-1}
        aria-hidden="true"
        accept=".json,application/json"
        onChange={(event) => {
          void load(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <ExportDialog
        view={view}
        title={title}
        pageNames={ownPages(desk.room.value.board.pages, true).map((page) => page.name)}
        open={exporting}
        onClose={() => setExporting(false)}
      />
      <DeckExportDialog
        desk={desk}
        view={view}
        placement={deckOut}
        onClose={() => setDeckOut(null)}
      />
      <OpenWallDialog desk={desk} open={opening} onClose={() => setOpening(false)} />
    </>
  );
}

/** What there is beside a slide. */
function slideItems({ desk, view }: Pick<BoardProps, "desk" | "view">): MenuItem[] {
  if (view.page.value?.kind !== "slide") return [];
  return [
    {
      label: t("present-strip"),
      checked: isStripOn(desk),
      toggles: true,
      run: () => toggleStrip(desk),
    },
    { label: t("present-text"), icon: "slide-text", run: () => desk.togglePanel("text") },
    ...(hasNotesPanel(desk)
      ? [
          {
            label: t("present-notes"),
            icon: "notes",
            run: () => desk.togglePanel("notes"),
          } as const,
        ]
      : []),
  ];
}

function wallItems(desk: BoardProps["desk"], onOpen: () => void): MenuItem[] {
  const { rights, wall } = desk.room.value;
  if (!rights.may_group) return [];
  const open = () => {
    desk.session.board.wallOpen.value = true;
  };
  return wall.wall.is_on
    ? [{ label: t("wall-view"), icon: "wall", run: open }]
    : [{ label: t("wall-open"), icon: "wall", run: onOpen }];
}

function groundItems(desk: BoardProps["desk"], page: BoardPage): (MenuItem | MenuBreak)[] {
  const infinite = page.width === null;
  return [
    { heading: t("board-paper") },
    ...PAPERS.map((paper) => ({
      label: t(`board-paper-${paper}`),
      checked: page.paper === paper,
      run: () => setPaper(desk, page.id, paper),
    })),
    { heading: t("board-page-size") },
    {
      label: t("board-page-sized"),
      checked: !infinite,
      run: () => setInfinite(desk, page.id, false),
    },
    {
      label: t("board-page-infinite"),
      checked: infinite,
      run: () => setInfinite(desk, page.id, true),
    },
    LINE,
  ];
}

function pageItems({ desk, view }: Pick<BoardProps, "desk" | "view">): (MenuItem | MenuBreak)[] {
  const page = desk.room.value.board.pages.find((one) => one.id === view.pageId.value);
  if (!page) return [];
  return [
    // A slide keeps what it stands on.
    ...(page.placement === "" ? groundItems(desk, page) : []),
    {
      label: t(page.is_locked ? "board-page-unlock" : "board-page-lock"),
      icon: page.is_locked ? "unlock" : "lock",
      run: () => setLocked(desk, page.id, !page.is_locked),
    },
    ...(page.may_unclear
      ? [
          {
            label: t("board-page-unclear"),
            icon: "undo",
            run: () => unclearPage(desk, page.id),
          } as const,
        ]
      : []),
    {
      label: t("board-page-clear"),
      icon: "clear",
      danger: true,
      run: () => void clearPage(desk, page.id),
    },
  ];
}
