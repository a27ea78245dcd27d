/** Below the board's own pages: the decks on the stage, each as one card and never as its pages. */
import { useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Placement } from "../../../wire/messages";
import { signOf } from "../../decks/shelf";
import { newerOf, useNewer } from "../decks/newer";
import { ratioOf, SlidePicture } from "../decks/slide_picture";
import type { Desk } from "../desk";
import { mayLead, putDeckAway } from "./acts";
import { DeckExportDialog } from "./deck_export_dialog";
import { type DeckShown, decksOf } from "./slides";

export function DeckList({ desk, view }: { desk: Desk; view: BoardView }) {
  const { pages, placements, page_id } = desk.room.value.board;
  const [out, setOut] = useState<Placement | null>(null);
  const decks = decksOf(pages, placements, page_id);
  if (decks.length === 0) return null;
  return (
    <>
      <h3 class="page-heading">{t("present-decks")}</h3>
      <ul class="page-list" aria-label={t("present-decks")}>
        {decks.map((deck) => (
          <li key={deck.placement.id} class="page-card">
            <DeckCard desk={desk} view={view} deck={deck} onExport={() => setOut(deck.placement)} />
          </li>
        ))}
      </ul>
      <DeckExportDialog desk={desk} view={view} placement={out} onClose={() => setOut(null)} />
    </>
  );
}

interface DeckCardProps {
  desk: Desk;
  view: BoardView;
  deck: DeckShown;
  onExport(): void;
}

function DeckCard({ desk, view, deck, onExport }: DeckCardProps) {
  const { placement, slides, page } = deck;
  const isShown = view.page.value?.placement === placement.id;
  const { name } = placement;
  return (
    <>
      <button
        type="button"
        class="page-open"
        aria-current={isShown ? "page" : undefined}
        aria-label={
          placement.kind === "slides"
            ? t("present-deck-open", { name, slides })
            : t("present-film-open", { name })
        }
        onClick={() => view.openPage(page.id)}
      >
        {placement.kind === "slides" ? (
          <SlidePicture
            key={page.backdrop}
            class="page-picture"
            address={page.backdrop}
            ratio={ratioOf(page)}
          />
        ) : (
          <span class="page-picture is-sign" style={{ "--ratio": String(ratioOf(page)) }}>
            <Icon name={signOf(placement.kind)} />
          </span>
        )}
      </button>
      <div class="page-line">
        <span class="page-name ell" data-tip={name}>
          <b class="ell">{name}</b>
          {placement.kind === "slides" && <span class="num">{slides}</span>}
        </span>
        {mayLead(desk) && (
          <Menu
            label={t("board-page-more", { name })}
            icon="more"
            items={[
              ...(newerOf(desk.session.decks.library.value, placement)
                ? [
                    {
                      label: t("present-newer-take"),
                      icon: "again",
                      run: () => void useNewer(desk, placement),
                    } as const,
                  ]
                : []),
              ...(placement.kind === "slides"
                ? [{ label: t("export-deck"), icon: "download", run: onExport } as const]
                : []),
              {
                label: t("present-put-away"),
                icon: "archive",
                run: () => void putDeckAway(desk, placement),
              },
            ]}
          />
        )}
      </div>
    </>
  );
}
