/** A secret in a dialog, the only time it is told. */
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { copy } from "../copy_link";

interface ShownOnceProps {
  /** null while there is none to show. */
  secret: string | null;
  title: string;
  note: string;
  onClose(): void;
}

export function ShownOnce({ secret, title, note, onClose }: ShownOnceProps) {
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t("once-done")}
      </Button>
      <Button
        look="primary"
        icon="copy"
        autofocus
        onClick={() => void copy(secret ?? "", t("once-copied"), t("once-copy-failed"))}
      >
        {t("once-copy")}
      </Button>
    </>
  );
  return (
    <Dialog open={secret !== null} title={title} onClose={onClose} actions={actions}>
      <p>{note}</p>
      <code class="secret num">{secret}</code>
      <p class="banner banner-signal">
        <Icon name="warn" />
        <span class="grow">{t("once-warning")}</span>
      </p>
    </Dialog>
  );
}
