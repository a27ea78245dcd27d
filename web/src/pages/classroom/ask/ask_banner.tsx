/** A question waits and its panel is not open. */
import { waitingFor } from "../../../room/ask";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Desk } from "../desk";
import { questionHere } from "./here";
import { titleOf } from "./results";

export function AskBanner({ desk }: { desk: Desk }) {
  const { ask, rights } = desk.room.value;
  const poll = waitingFor(ask, rights.may_answer);
  if (!poll || desk.panel.value === "ask" || questionHere(desk)?.poll === poll) return null;
  return (
    <div class="banner banner-accent">
      <Icon name="ask" />
      <div class="ask-banner-words">
        <b>{t("ask-waits")}</b> {titleOf(poll)}
      </div>
      <Button
        look="primary"
        size="small"
        onClick={() => {
          desk.panel.value = "ask";
        }}
      >
        {t("ask-answer")}
      </Button>
    </div>
  );
}
