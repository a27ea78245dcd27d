/**
 * The last minutes of a class that goes on, for who came late: the player over the class, until one
 * goes back to it. The class stays joined behind it; who shows this turns its sound down.
 */
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../text/text";
import { Player } from "./player";

export interface CatchUpProps {
  session: string;
  /** Of the recording. */
  id: string;
  title: string;
  /** The session has ended; another one given as `session` goes on from the same second. */
  onOver(): void;
  /** Back to the class: by its button, by Escape. */
  onLive(): void;
}

export function CatchUp({ session, id, title, onOver, onLive }: CatchUpProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class="catch-up"
      aria-label={t("player-catch-up")}
      onCancel={(event) => {
        event.preventDefault();
        onLive();
      }}
    >
      <Player
        session={session}
        id={id}
        title={title}
        isShared
        onOver={onOver}
        catchUp={{ onLive }}
      />
    </dialog>
  );
}
