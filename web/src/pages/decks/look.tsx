/** Decks as cards or as a list; the choice is kept in this browser. */
import { signal } from "@preact/signals";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import type { IconName } from "../../ui/icon";

type Look = "cards" | "list";

const STORED = "classroom.decks.look";
const LOOKS: readonly { id: Look; icon: IconName }[] = [
  { id: "cards", icon: "layout-gallery" },
  { id: "list", icon: "list" },
];

export const look = signal<Look>(
  globalThis.localStorage?.getItem(STORED) === "list" ? "list" : "cards",
);

function setLook(choice: Look): void {
  look.value = choice;
  globalThis.localStorage?.setItem(STORED, choice);
}

export function LookSwitch() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div class="decks-look" role="group" aria-label={t("decks-look")}>
      {LOOKS.map(({ id, icon }) => (
        <IconButton
          key={id}
          label={t(`decks-look-${id}`)}
          icon={icon}
          pressed={look.value === id}
          onClick={() => setLook(id)}
        />
      ))}
    </div>
  );
}
