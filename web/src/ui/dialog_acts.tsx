/** The buttons of a question: leave it, or do it. */
import { t } from "../text/text";
import { Button } from "./button";
import type { IconName } from "./icon";

interface ActsProps {
  action: string;
  /** What is said while it is done. */
  waiting?: string | false;
  look?: "primary" | "danger";
  icon?: IconName;
  disabled?: boolean;
  /** The focus begins on leaving it. */
  safe?: boolean;
  onClose(): void;
  /** Without it the form around is sent. */
  onAct?(): void;
}

export function DialogActs(props: ActsProps) {
  const { action, look = "primary", onClose, onAct, safe, ...rest } = props;
  return (
    <>
      <Button look="quiet" onClick={onClose} autofocus={safe}>
        {t("cancel")}
      </Button>
      <Button {...rest} type={onAct ? "button" : "submit"} look={look} onClick={onAct}>
        {action}
      </Button>
    </>
  );
}
