/** Below the class's pages, for the staff: those of students and groups, and what is left of them. */
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Menu } from "../../../ui/menu";
import type { Desk } from "../desk";
import { duplicatePage, mayLead, removePage } from "./acts";
import { PagePicture } from "./page_picture";

export function ReservedList({ desk, view }: { desk: Desk; view: BoardView }) {
  const pages = desk.room.value.reserved.pages.filter((page) => page.kind !== "ink");
  if (!mayLead(desk) || pages.length === 0) return null;
  return (
    <>
      <h3 class="page-heading">{t("wall-pages-title")}</h3>
      <ul class="page-list" aria-label={t("wall-pages-title")}>
        {pages.map((page) => (
          <li key={page.id} class="page-card">
            <button
              type="button"
              class="page-open"
              aria-current={view.pageId.value === page.id ? "page" : undefined}
              aria-label={t("board-page-open", { name: page.name })}
              onClick={() => view.lookAt(page.id)}
            >
              <PagePicture view={view} page={page} class="page-picture" />
            </button>
            <div class="page-line">
              <span class="page-name ell">{page.name}</span>
              <Menu
                label={t("board-page-more", { name: page.name })}
                icon="more"
                items={[
                  {
                    label: t("board-page-duplicate"),
                    icon: "duplicate",
                    run: () => void duplicatePage(desk, page.id),
                  },
                  {
                    label: t("board-page-remove"),
                    icon: "trash",
                    danger: true,
                    run: () => void removePage(desk, page.id),
                  },
                ]}
              />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
