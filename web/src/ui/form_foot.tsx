/** The foot of a form in a dialog: leave it, or send it. */
import { t } from "../text/text";
import { Button } from "./button";

interface FormFootProps {
  action: string;
  /** What is said while it is sent. */
  waiting: string | false;
  onClose(): void;
}

export function FormFoot({ action, waiting, onClose }: FormFootProps) {
  return (
    <div class="dlg-foot">
      <Button look="quiet" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button type="submit" look="primary" waiting={waiting}>
        {action}
      </Button>
    </div>
  );
}
