/** A question above the page: the browser's own dialog, which keeps the focus and hears Escape. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  open: boolean;
  title: string;
  /** Escape, a press beside the dialog, or a button with value "close". */
  onClose(): void;
  children?: ComponentChildren;
  /** The buttons; the safe one first. */
  actions?: ComponentChildren;
  /** A dialog that must be answered ignores Escape and presses beside it. */
  mustAnswer?: boolean;
  class?: string;
}

export function Dialog(props: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (props.open && !dialog.open) dialog.showModal();
    if (!props.open && dialog.open) dialog.close();
  }, [props.open]);
  const onCancel = (event: Event) => {
    event.preventDefault();
    if (!props.mustAnswer) props.onClose();
  };
  const onPress = (event: MouseEvent) => {
    if (event.target === ref.current && !props.mustAnswer) props.onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key, heard by onCancel.
    <dialog
      ref={ref}
      class={props.class}
      aria-labelledby={titleId}
      onCancel={onCancel}
      onClick={onPress}
    >
      {props.open && (
        <div class="dlg">
          <h2 id={titleId}>{props.title}</h2>
          {props.children}
          {props.actions && <div class="dlg-foot">{props.actions}</div>}
        </div>
      )}
    </dialog>
  );
}
