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

export interface InkPlace {
  /** Where the picture lies. */
  camera: ReadonlySignal<Camera>;
  /** Of our own screen alone: nothing while another one has the stage. */
  isOwn?: boolean;
}

/** `pages` are all that are there for us. */
export function inkPorts(
  ports: BoardPorts,
  room: ReadonlySignal<RoomState>,
  pages: ReadonlySignal<readonly PageFacts[]>,
  { camera, isOwn = false }: InkPlace,
): BoardPorts {
  const pageId = computed(() => {
    const { ink, selfId } = room.value;
    return isOwn && ink.share_of !== selfId ? "" : ink.page_id;
  });
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
