/** How to give the permission back in the browser at hand, step by step. */
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { browserFamily } from "./refusal";

interface HowProps {
  open: boolean;
  onClose(): void;
  onAgain(): void;
}

export function HowToAllow({ open, onClose, onAgain }: HowProps) {
  const family = browserFamily(navigator.userAgent);
  const again = () => {
    onClose();
    onAgain();
  };
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t("close")}
      </Button>
      <Button look="primary" icon="again" onClick={again}>
        {t("again")}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={t("how-title")} onClose={onClose} actions={actions}>
      <ol class="steps">
        {[1, 2, 3].map((n) => (
          <li key={n}>
            <span class="step-n num" aria-hidden="true">
              {n}
            </span>
            <p class="small">{t(`how-${family}-${n}`)}</p>
          </li>
        ))}
      </ol>
      <p>{t("how-system")}</p>
    </Dialog>
  );
}
