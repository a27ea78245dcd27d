/** Everything that is needed seldom, and what a small window's bar has no room for. */
import { LANGUAGES, language, setLanguage, t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../ui/menu";
import { setTheme, type Theme, theme } from "../../ui/theme";
import { copyLink } from "../copy_link";
import { pressShare } from "./actions";
import { mayLead, pressBoard } from "./board/acts";
import type { Desk } from "./desk";
import { mayOrder } from "./floor/acts";
import { layoutItems } from "./floor/layout_menu";
import { maySeeFullScreen, toggleFullScreen } from "./full_screen";
import { mayShare } from "./may_share";
import { menuPanels } from "./panels";
import { pressReact } from "./react/acts";
import { hasOpen } from "./recording/acts";
import { ownItems, recordItems } from "./recording/items";

const LINE: MenuBreak = { heading: null };

export function MoreMenu({ desk }: { desk: Desk }) {
  const form = desk.form.value;
  const counted = menuPanels(desk).reduce((sum, panel) => sum + panel.badge(desk).count, 0);
  const waiting = counted + (hasOpen(desk) ? 1 : 0);
  const items: (MenuItem | MenuBreak)[] = [
    ...panelItems(desk),
    ...(form === "wide" ? [] : besideBar(desk)),
    ...(form === "phone" ? smallItems(desk) : []),
    ...ownItems(desk),
    {
      label: t("room-sound-picture"),
      icon: "settings",
      run: () => {
        desk.overlay.value = "sound";
      },
    },
    {
      label: t("room-shortcuts"),
      icon: "keyboard",
      run: () => {
        desk.overlay.value = "shortcuts";
      },
    },
    ...looks(),
  ];
  return (
    <Menu label={t("room-more")} items={items} class="ctl" side="above">
      <span class="ctl-b">
        <Icon name="more" />
        {waiting > 0 && <span class="badge mark-b">{waiting > 99 ? "99+" : waiting}</span>}
      </span>
      <span class="ctl-word">{t("room-more")}</span>
    </Menu>
  );
}

/** Panels without a button in the bar. */
function panelItems(desk: Desk): MenuItem[] {
  return menuPanels(desk).map((panel) => ({
    label: t(panel.titleKey),
    icon: panel.icon,
    badge: panel.badge(desk).count,
    run: () => desk.togglePanel(panel.id),
  }));
}

/** What stands in the bar of a wide window. */
function besideBar(desk: Desk): (MenuItem | MenuBreak)[] {
  return [
    { label: t("react"), icon: "smile", run: () => pressReact(desk) },
    ...recordItems(desk),
    ...(desk.form.value === "phone" ? [] : [LINE]),
  ];
}

/** On a phone the bar has room for seven; the rest is here. */
function smallItems(desk: Desk): (MenuItem | MenuBreak)[] {
  const gallery = desk.view.value === "gallery";
  const sharing = desk.session.share.video.value !== null;
  const items: (MenuItem | MenuBreak)[] = [
    {
      label: t("room-invite-long"),
      icon: "link",
      run: () => void copyLink(desk.code),
    },
    {
      label: gallery ? t("room-view-focus") : t("room-view-gallery"),
      icon: gallery ? "layout-focus" : "layout-gallery",
      run: () => desk.setView(gallery ? "focus" : "gallery"),
    },
  ];
  if (mayLead(desk)) {
    const live = desk.content.value === "board";
    items.push({
      label: t(live ? "board-put-away" : "board-show"),
      icon: "board",
      run: () => pressBoard(desk),
    });
  }
  if (mayShare(desk)) {
    items.push({
      label: sharing ? t("room-share-stop") : t("room-share-long"),
      icon: sharing ? "share-off" : "share",
      run: () => pressShare(desk),
    });
  }
  if (maySeeFullScreen()) {
    const element = document.documentElement;
    items.push({ label: t("room-full"), icon: "full", run: () => toggleFullScreen(element) });
  }
  return [...items, ...(mayOrder(desk) ? layoutItems(desk) : []), LINE];
}

const THEMES: readonly Theme[] = ["system", "light", "dark"];

function looks(): (MenuItem | MenuBreak)[] {
  return [
    { heading: t("language") },
    ...LANGUAGES.map((one) => ({
      label: one.name,
      checked: one.id === language.value,
      run: () => setLanguage(one.id),
    })),
    { heading: t("theme") },
    ...THEMES.map((one) => ({
      label: t(`theme-${one}`),
      checked: one === theme.value,
      run: () => setTheme(one),
    })),
  ];
}
