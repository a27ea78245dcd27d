/** Where the others point: an arrow and a name in the colour that is theirs. */
import type { BoardView } from "../../../board/view_types";

export function Cursors({ view }: { view: BoardView }) {
  const { w, h } = view.size.value;
  return (
    <div class="board-cursors" aria-hidden="true">
      {view.cursors.value.map((one) => (
        <span
          key={one.peer}
          class={one.x > w - 120 ? "board-cursor is-left" : "board-cursor"}
          hidden={one.x < 0 || one.y < 0 || one.x > w || one.y > h}
          style={{ "--c": one.colour, transform: `translate(${one.x}px, ${one.y}px)` }}
        >
          <svg viewBox="0 0 16 20" aria-hidden="true">
            <path d="M1 1v15l4-4 3 7 3-1.500-3-6.500h6z" />
          </svg>
          {one.name !== "" && <b>{one.name}</b>}
        </span>
      ))}
    </div>
  );
}
