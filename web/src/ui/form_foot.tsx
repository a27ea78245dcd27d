/** The foot of a form in a dialog: leave it, or send it. */
import { DialogActs } from "./dialog_acts";

interface FormFootProps {
  action: string;
  /** What is said while it is sent. */
  waiting: string | false;
  /** Something is lost by it. */
  look?: "primary" | "danger";
  onClose(): void;
}

export function FormFoot(props: FormFootProps) {
  return (
    <div class="dlg-foot">
      <DialogActs {...props} />
    </div>
  );
}
