/** Title, lesson clock, how the connection is, and how the room is laid out. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Mark } from "../../ui/mark";
import { TimerPill } from "./ask/timer";
import { PensNote } from "./board/pens";
import { type Desk, seesScreen } from "./desk";
import { LayoutMenu, VIEWS } from "./floor/layout_menu";
import { maySeeFullScreen, toggleFullScreen } from "./full_screen";
import { clockOf } from "./layout";
import { OwnConnection, ShortNotice } from "./network/own";
import { RecordingPill } from "./recording/pill";

export function TopBar({ desk }: { desk: Desk }) {
  const form = desk.form.value;
  const wide = form !== "phone";
  return (
    <header class="topbar">
      {wide && <Mark />}
      <h1 class="ttl" data-tip={desk.room.value.title}>
        {desk.room.value.title}
      </h1>
      <Clock startedAt={desk.room.value.startedAt} />
      <RecordingPill desk={desk} />
      <TimerPill desk={desk} />
      <span class="grow" />
      {wide && !seesScreen(desk) && <ShortNotice desk={desk} brief={form !== "wide"} />}
      <PensNote desk={desk} />
      <OwnConnection desk={desk} />
      {wide && <ViewChoice desk={desk} />}
      {wide && <LayoutMenu desk={desk} />}
      {wide && maySeeFullScreen() && <FullScreen />}
    </header>
  );
}

function Clock({ startedAt }: { startedAt: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (!startedAt) return null;
  return (
    <span class="clock num" role="timer" aria-label={t("room-clock")} data-tip={t("room-clock")}>
      {clockOf((now - Date.parse(startedAt)) / 1_000)}
    </span>
  );
}

function ViewChoice({ desk }: { desk: Desk }) {
  return (
    <fieldset class="seg view-choice">
      <legend class="vh">{t("room-layout")}</legend>
      {VIEWS.map(({ view, icon }) => (
        <label key={view} class="seg-one" data-tip={t(`room-view-${view}`)}>
          <input
            type="radio"
            class="vh"
            name="room-view"
            checked={desk.view.value === view}
            onChange={() => desk.setView(view)}
          />
          <span>
            <Icon name={icon} />
            <span class="vh">{t(`room-view-${view}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function FullScreen() {
  const [full, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const change = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", change);
    return () => document.removeEventListener("fullscreenchange", change);
  }, []);
  return (
    <IconButton
      label={full ? t("room-full-off") : t("room-full")}
      icon={full ? "full-off" : "full"}
      onClick={() => toggleFullScreen(document.documentElement)}
    />
  );
}
