/** Leaving a browser that is not one's own. */
import { useState } from "preact/hooks";
import { forgetMe } from "../../booking/forget";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Sure } from "../sure";

const DONE = "?forgotten";

/** Asked once: what was typed here and not sent goes, too. */
export function ForgetMe() {
  const [asking, setAsking] = useState<true | null>(null);
  return (
    <>
      <Button look="link" onClick={() => setAsking(true)}>
        {t("mine-forget")}
      </Button>
      <Sure
        thing={asking}
        title={() => t("mine-forget-title")}
        note={t("mine-forget-note")}
        action={t("mine-forget")}
        waiting={t("mine-forgetting")}
        look="primary"
        send={forgetMe}
        // A new page: nothing of this one stays in its memory, and Back does not lead here.
        onDone={async () => location.replace(`/mine${DONE}`)}
        onClose={() => setAsking(null)}
      />
    </>
  );
}

/** Said after it was done. */
export function Forgotten() {
  if (location.search !== DONE) return null;
  return (
    <div class="banner" role="status">
      <Icon name="check" />
      <div>
        <b>{t("mine-forgotten")}</b> {t("mine-forgotten-note")}
      </div>
    </div>
  );
}
