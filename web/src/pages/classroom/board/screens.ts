/** The part of the board's screens that comes with the board. */

export { TextPanel } from "../decks/text_panel";
export { Layer as InkLayer } from "../ink/layer";
export { InkRail } from "../ink/rail";
export { WallStage } from "../wall/wall_stage";
export { itemFacts } from "./item_facts";
export { followBoardNews } from "./news";
export { ObjectsPanel } from "./objects_panel";
export { PagesPanel } from "./pages_panel";
export { Surface } from "./surface";
