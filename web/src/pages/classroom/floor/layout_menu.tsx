/** How everybody's room is laid out: chosen for all, led by one's own, or left to each. */
import { t } from "../../../text/text";
import type { IconName } from "../../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { Desk } from "../desk";
import type { View } from "../layout";
import { mayOrder, setLayout } from "./acts";

export const VIEWS: readonly { view: View; icon: IconName }[] = [
  { view: "focus", icon: "layout-focus" },
  { view: "gallery", icon: "layout-gallery" },
  { view: "side", icon: "layout-side" },
];

export function LayoutMenu({ desk }: { desk: Desk }) {
  if (!mayOrder(desk)) return null;
  const { layout, leader } = desk.room.value.floor;
  const on = layout !== null || leader !== null;
  return (
    <Menu
      label={t(on ? "floor-layout-on" : "floor-layout")}
      icon="megaphone"
      class={on ? "icon-btn is-on" : "icon-btn"}
      items={layoutItems(desk)}
    />
  );
}

/** With a heading, to stand among others. */
export function layoutItems(desk: Desk): (MenuItem | MenuBreak)[] {
  const { floor, selfId } = desk.room.value;
  const leads = floor.leader === selfId;
  return [
    { heading: t("floor-layout") },
    ...VIEWS.map(({ view, icon }) => ({
      label: t(`room-view-${view}`),
      icon,
      checked: floor.layout?.view === view,
      run: () => choose(desk, view),
    })),
    {
      label: t("floor-layout-free"),
      checked: floor.layout === null && floor.leader === null,
      run: () => setLayout(desk, null, false),
    },
    { heading: null },
    {
      label: t("floor-layout-lead"),
      icon: "people",
      checked: leads,
      toggles: true,
      run: () => setLayout(desk, desk.view.value, !leads),
    },
  ];
}

/** One's own as well; who is followed shows it by that alone. */
function choose(desk: Desk, view: View): void {
  const { floor, selfId } = desk.room.value;
  desk.setView(view);
  setLayout(desk, view, floor.leader === selfId);
}
