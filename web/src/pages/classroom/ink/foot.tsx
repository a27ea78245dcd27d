/** Below the shared screen: the pen, who draws, and for staff and whoever shares what becomes of it. */
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { Desk } from "../desk";
import { clearInk, freezeScreen, ownScreen, pressDraw, setLook, setOpen } from "./acts";
import { keepInSight, mayKeepInSight } from "./keep_in_sight";
import { mayDrawOnScreen, mayOrderInk } from "./rights";

type Items = readonly (MenuItem | MenuBreak)[];

/** `more` is what a narrow window has no other place for. */
export function InkFoot({ desk, more = [] }: { desk: Desk; more?: Items }) {
  const orders = mayOrderInk(desk);
  const draws = mayDrawOnScreen(desk);
  const { ink } = desk.room.value;
  if (!draws && !orders) return null;
  const quick = orders && desk.drawing.value && desk.form.value === "wide";
  return (
    <>
      {!ink.is_open && <Closed desk={desk} />}
      {quick && (
        <IconButton
          label={t("ink-fades")}
          icon="fade"
          pressed={ink.look === "fade"}
          onClick={() => setLook(desk, ink.look === "fade" ? "stay" : "fade")}
        />
      )}
      {quick && (
        <IconButton label={t("ink-clear")} icon="clear" onClick={() => void clearInk(desk)} />
      )}
      {quick && desk.room.value.rights.may_lead_board && (
        <IconButton label={t("ink-freeze")} icon="freeze" onClick={() => void freezeScreen(desk)} />
      )}
      {draws && <DrawButton desk={desk} />}
      {orders && (
        <Menu
          label={t("ink-more")}
          icon="more"
          side="above"
          items={[...itemsOf(desk, more.length > 0), ...more]}
        />
      )}
    </>
  );
}

function DrawButton({ desk }: { desk: Desk }) {
  const on = desk.drawing.value;
  return (
    <Button
      look={on ? "primary" : "line"}
      size="small"
      icon={on ? "check" : "pen"}
      class="draw-button"
      aria-pressed={on}
      aria-label={t("ink-draw")}
      data-tip={t("ink-draw-tip")}
      onClick={() => void pressDraw(desk)}
    >
      {t(on ? "ink-done" : "ink-draw-short")}
    </Button>
  );
}

/** Who draws while not everybody with a pen does. */
function Closed({ desk }: { desk: Desk }) {
  return (
    <span class="pill ink-closed" data-tip={wordsOfClosed(desk)}>
      <Icon name="lock" />
      <span class="ell">{wordsOfClosed(desk)}</span>
    </span>
  );
}

export function wordsOfClosed(desk: Desk): string {
  const presenter = desk.presenter.value;
  if (presenter?.id === desk.room.value.selfId) {
    return t(desk.room.value.rights.may_lead_board ? "ink-only-staff" : "ink-only-yours");
  }
  const isStaff = presenter?.role === "host" || presenter?.role === "assistant";
  return isStaff ? t("ink-only-staff") : t("ink-only", { name: presenter?.name ?? "" });
}

function itemsOf(desk: Desk, hasMore: boolean): Items {
  const { ink, rights } = desk.room.value;
  const begun = ink.page_id !== "";
  const items: (MenuItem | MenuBreak)[] = [];
  if (begun) {
    items.push(
      { heading: t("ink-look") },
      { label: t("ink-stays"), checked: ink.look === "stay", run: () => setLook(desk, "stay") },
      { label: t("ink-fades"), checked: ink.look === "fade", run: () => setLook(desk, "fade") },
      { heading: t("ink-who") },
      { label: t("ink-open"), checked: ink.is_open, run: () => setOpen(desk, true) },
      { label: wordsOfClosed(desk), checked: !ink.is_open, run: () => setOpen(desk, false) },
      { heading: null },
      { label: t("ink-clear"), icon: "clear", run: () => void clearInk(desk) },
    );
  }
  if (rights.may_lead_board) {
    items.push({ label: t("ink-freeze"), icon: "freeze", run: () => void freezeScreen(desk) });
  }
  if (ownScreen(desk) && mayKeepInSight()) {
    items.push({ label: t("ink-keep"), icon: "pip", run: () => void keepInSight(desk) });
  }
  if (items.length === 0 && !hasMore)
    items.push({ label: t("ink-nothing-yet"), disabled: true, run: () => {} });
  return items;
}
