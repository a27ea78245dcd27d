/** The deck that was chosen for this class: it goes in with its teacher, or stays. */
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { RoomFacts } from "../../wire/api";
import { carried } from "../decks/carried";

export function Brought({ facts }: { facts: RoomFacts }) {
  const on = carried.value;
  if (on?.code !== facts.code || facts.you?.role !== "host") return null;
  const { name } = on.deck;
  return (
    <p class="brought">
      <Icon name="slides" />
      <span class="grow">{t("decks-brought", { name })}</span>
      <IconButton
        label={t("decks-brought-not", { name })}
        icon="close"
        onClick={() => {
          carried.value = null;
        }}
      />
    </p>
  );
}
