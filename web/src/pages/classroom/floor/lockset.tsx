/** The order of the class at the foot of the people panel: mute all, and what students may do. */
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon, type IconName } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Locks } from "../../../wire/messages";
import { copyLink } from "../../copy_link";
import { givePen } from "../board/acts";
import type { Desk } from "../desk";
import { doorItems } from "../lobby/items";
import { muteAll, setFocusMode, setLocks } from "./acts";

const LOCKS: readonly { lock: keyof Locks; icon: IconName }[] = [
  { lock: "microphones", icon: "mic" },
  { lock: "cameras", icon: "cam" },
  { lock: "shares", icon: "share" },
  { lock: "chat", icon: "chat" },
  { lock: "files", icon: "clip" },
  { lock: "hands", icon: "hand" },
];

export function Order({ desk }: { desk: Desk }) {
  const { locks } = desk.room.value.floor;
  const pens = desk.room.value.board.everyone === "none";
  return (
    <>
      <div class="order">
        <Button
          look="line"
          icon="mic-off"
          class="grow"
          onClick={() => void muteAll(desk, "microphone")}
        >
          {t("floor-mute-all")}
        </Button>
        <OrderMenu desk={desk} />
      </div>
      <fieldset class="lockset">
        <legend>{t("floor-locks")}</legend>
        <div>
          {LOCKS.map(({ lock, icon }) => (
            <Lock
              key={lock}
              name={lock}
              icon={icon}
              on={locks[lock]}
              onPress={() => setLocks(desk, { [lock]: !locks[lock] })}
            />
          ))}
          <Lock
            name="pens"
            icon="pen"
            on={pens}
            onPress={() => givePen(desk, null, pens ? "own" : "none")}
          />
        </div>
      </fieldset>
    </>
  );
}

interface LockProps {
  name: keyof Locks | "pens";
  icon: IconName;
  on: boolean;
  onPress(): void;
}

function Lock({ name, icon, on, onPress }: LockProps) {
  const tip = t(on ? `floor-lock-${name}-on` : `floor-lock-${name}-off`);
  return (
    <button
      type="button"
      class="lock"
      aria-pressed={on}
      aria-label={t(`floor-lock-${name}`)}
      data-tip={tip}
      onClick={onPress}
    >
      <Icon name={icon} />
      <span class="lock-word" aria-hidden="true">
        {t(on ? "floor-locked-word" : "floor-open-word")}
      </span>
      {on && <Icon name="lock" class="lock-sign" />}
    </button>
  );
}

function OrderMenu({ desk }: { desk: Desk }) {
  const { focus, locks } = desk.room.value.floor;
  return (
    <Menu
      label={t("floor-order")}
      icon="more"
      side="above"
      items={[
        {
          label: t("floor-cameras-all-off"),
          icon: "cam-off",
          run: () => void muteAll(desk, "camera"),
        },
        {
          label: t("floor-focus"),
          icon: "focus",
          checked: focus,
          toggles: true,
          run: () => setFocusMode(desk, !focus),
        },
        {
          label: t("floor-whispers"),
          icon: "chat",
          checked: !locks.whispers,
          toggles: true,
          run: () => setLocks(desk, { whispers: !locks.whispers }),
        },
        {
          label: t("floor-reactions"),
          icon: "smile",
          checked: !locks.reactions,
          toggles: true,
          run: () => setLocks(desk, { reactions: !locks.reactions }),
        },
        ...doorItems(desk),
        { label: t("room-invite-long"), icon: "link", run: () => void copyLink(desk.code) },
      ]}
    />
  );
}
