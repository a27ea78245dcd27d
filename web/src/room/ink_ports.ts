/** The board's view over a shared screen: of the same board and on the same socket, with one page. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Camera, PageFacts } from "../board/model";
import type { BoardPorts } from "../board/view_ports";
import type { ToolName } from "../board/view_types";
import type { RoomState } from "./state";

/** What is of use over a picture that moves on; nothing that stands for long. */
export const INK_TOOLS: readonly ToolName[] = [
  "select",
  "pen",
  "hl",
  "eraser",
  "arrow",
  "rect",
  "text",
  "laser",
];
/** Board units that are as wide as the shared picture. */
export const INK_WIDTH = 1280;

const NEVER: ReadonlySignal<boolean> = computed(() => false);
const NOBODY: ReadonlySignal<string | null> = computed(() => null);

/** `pages` are all that are there for us, `camera` says where the picture lies. */
export function inkPorts(
  ports: BoardPorts,
  room: ReadonlySignal<RoomState>,
  pages: ReadonlySignal<readonly PageFacts[]>,
  camera: ReadonlySignal<Camera>,
): BoardPorts {
  const pageId = computed(() => room.value.ink.page_id);
  return {
    ...ports,
    pages: computed(() => pages.value.filter((page) => page.id === pageId.value)),
    classPage: pageId,
    isLeader: NEVER,
    presenter: NOBODY,
    fixedCamera: camera,
    tools: INK_TOOLS,
    fades: computed(() => room.value.ink.look === "fade"),
  };
}
