/** All tools, by name. */
import type { ToolName } from "../view_types";
import { EraserTool } from "./eraser";
import { InkTool } from "./ink";
import { LaserTool } from "./laser";
import { PictureTool } from "./picture";
import { PolygonTool } from "./polygon";
import { type Dragged, SelectTool } from "./select";
import { ShapeTool } from "./shape";
import type { Desk, Tool } from "./tool";
import { WritingTool } from "./writing";

/** The hand moves the view and is no tool of the page. */
export type PageTool = Exclude<ToolName, "hand">;

export function toolbox(desk: Desk, dragged: Dragged): Readonly<Record<PageTool, Tool>> {
  return {
    select: new SelectTool(desk, dragged, "frame"),
    lasso: new SelectTool(desk, dragged, "lasso"),
    pen: new InkTool(desk, "pen"),
    hl: new InkTool(desk, "hl"),
    eraser: new EraserTool(desk),
    line: new ShapeTool(desk, "line"),
    arrow: new ShapeTool(desk, "arrow"),
    rect: new ShapeTool(desk, "rect"),
    ell: new ShapeTool(desk, "ell"),
    poly: new PolygonTool(desk),
    text: new WritingTool(desk, "text"),
    note: new WritingTool(desk, "note"),
    tex: new WritingTool(desk, "tex"),
    img: new PictureTool(desk),
    laser: new LaserTool(desk),
  };
}
