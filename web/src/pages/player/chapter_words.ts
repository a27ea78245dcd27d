/** A chapter's name in the reader's language. */
import type { Chapter } from "../../recording/chapters";
import { nameOf } from "../../recording/manifest";
import { t } from "../../text/text";
import type { PlayerDesk } from "./desk";

export function titleOf(desk: PlayerDesk, { heading }: Chapter): string {
  switch (heading.kind) {
    case "mark":
      return heading.title;
    case "page": {
      const { title: name, slide, number } = heading;
      if (slide > 0 && !name) return t("player-chapter-slide-plain", { slide });
      if (slide > 0) return t("player-chapter-slide", { name, slide });
      return name || t("player-chapter-page", { number });
    }
    case "poll":
      return heading.title || t("player-chapter-poll");
    case "screen": {
      const manifest = desk.manifest.value;
      const name = manifest ? nameOf(manifest, heading.pid) : "";
      return name ? t("player-screen-of", { name }) : t("player-chapter-screen");
    }
    case "groups":
      return t("player-chapter-groups");
    case "start":
      return t("player-chapter-start");
  }
}
