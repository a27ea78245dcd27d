/** The field in which one writes a text or a note, exactly over where its words will be. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { LINE_HEIGHT } from "../../../board/kernel/text_layout";
import {
  NOTE_RADIUS,
  noteFooter,
  notePadding,
  TEXT_FONT,
  TEXT_WEIGHT,
} from "../../../board/kernel/words";
import type { BoardView, Editing, EditorFrame } from "../../../board/view_types";
import { t } from "../../../text/text";

export function Editor({ view }: { view: BoardView }) {
  const editing = view.editing.value;
  const frame = view.editorFrame.value;
  if (!editing || !frame || editing.kind === "tex") return null;
  return <Field key={editing.id} view={view} editing={editing} frame={frame} />;
}

interface FieldProps {
  view: BoardView;
  editing: Editing;
  frame: EditorFrame;
}

function Field({ view, editing, frame }: FieldProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  const commit = () => {
    const field = ref.current;
    if (!field || done.current) return;
    done.current = true;
    view.commitText(editing.id, field.value);
    // Refused, because it is too long: the words stay where they are.
    done.current = view.editing.peek()?.id !== editing.id;
  };
  // Before the next key: what is typed at once must not be taken for tools.
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    // The board is taken off the stage or the page turned: nothing written is lost.
    return () => {
      if (!done.current && view.editing.peek()?.id === editing.id) commit();
    };
  }, []);
  useLayoutEffect(() => {
    if (ref.current) grow(ref.current);
  });
  const kind = editing.kind === "note" ? "note" : "text";
  const padding = kind === "note" ? notePadding(frame.size) : 0;
  return (
    <textarea
      ref={ref}
      class={`board-editor is-${kind}`}
      aria-label={t(`board-write-${kind}`)}
      rows={1}
      placeholder={t(`board-write-${kind}`)}
      maxLength={5_000}
      spellcheck
      style={{
        transform: `matrix(${frame.matrix.join(",")})`,
        width: `${frame.w}px`,
        minHeight: `${Math.max(frame.h, frame.size * LINE_HEIGHT)}px`,
        padding: `${padding}px`,
        // Where the author's name will stand.
        paddingBottom: `${kind === "note" ? padding + noteFooter(frame.size) : 0}px`,
        font: `${TEXT_WEIGHT[kind]} ${frame.size}px/${LINE_HEIGHT} ${TEXT_FONT}`,
        color: frame.colour,
        background: frame.paper || "transparent",
        borderRadius: kind === "note" ? `${NOTE_RADIUS}px` : "0",
      }}
      onInput={(event) => {
        grow(event.currentTarget);
        view.typing(event.currentTarget.value);
      }}
      onBlur={commit}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        const ends = event.key === "Escape" || (event.key === "Enter" && event.ctrlKey);
        if (!ends || event.isComposing) return;
        event.preventDefault();
        const host = event.currentTarget
          .closest(".board-fit")
          ?.querySelector<HTMLElement>(".board-host");
        commit();
        host?.focus();
      }}
    >
      {editing.words}
    </textarea>
  );
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
