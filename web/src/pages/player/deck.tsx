/** Below the picture: play, speed, volume, and the timeline. */
import { useComputed } from "@preact/signals";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { maySeeFullScreen } from "../classroom/full_screen";
import { acts, SPEEDS, speedOf } from "./acts";
import type { Layout, PlayerDesk } from "./desk";
import { Timeline } from "./timeline";
import { clockOf } from "./times";

export function Deck({ desk, hasLanes }: { desk: PlayerDesk; hasLanes: boolean }) {
  return (
    <section class="pdeck" aria-label={t("player-controls")}>
      <div class="pctrl">
        <Transport desk={desk} />
        <Time desk={desk} />
        <span class="grow" />
        <Volume desk={desk} />
        <SpeedMenu desk={desk} />
        <More desk={desk} />
        {maySeeFullScreen() && (
          <IconButton
            label={t("player-full")}
            shortcut="F"
            icon="full"
            class="pfull"
            onClick={() => acts(desk).full()}
          />
        )}
      </div>
      <Timeline desk={desk} hasLanes={hasLanes} />
    </section>
  );
}

function Transport({ desk }: { desk: PlayerDesk }) {
  const { playback } = desk;
  const isPlaying = playback.isPlaying.value;
  const word = isPlaying ? t("player-pause") : t("player-play");
  const isWaiting = isPlaying && playback.isWaiting.value;
  return (
    <>
      <IconButton
        label={t("player-back")}
        shortcut="J"
        icon="back10"
        onClick={() => acts(desk).step(-10_000)}
      />
      <button
        type="button"
        class="pplay"
        aria-label={word}
        data-tip={`${word} (K)`}
        aria-busy={isWaiting || undefined}
        onClick={() => playback.toggle()}
      >
        {isWaiting ? <span class="spin" /> : <Icon name={isPlaying ? "pause" : "play"} />}
      </button>
      <IconButton
        label={t("player-forward")}
        shortcut="L"
        icon="fwd10"
        onClick={() => acts(desk).step(10_000)}
      />
    </>
  );
}

function Time({ desk }: { desk: PlayerDesk }) {
  const now = useComputed(() => {
    void desk.playback.ms.value;
    return clockOf(desk.playback.playMs);
  }).value;
  return (
    <span class="ptime num">
      <b>{now}</b> <span class="faint">/ {clockOf(desk.playback.lengthMs)}</span>
    </span>
  );
}

function Volume({ desk }: { desk: PlayerDesk }) {
  const { volume, isMuted } = desk.sound;
  return (
    <span class="pvolume">
      <IconButton
        label={isMuted.value ? t("player-unmute") : t("player-mute")}
        shortcut="M"
        icon={isMuted.value ? "speaker-off" : "speaker"}
        onClick={() => acts(desk).mute()}
      />
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        aria-label={t("player-volume")}
        value={isMuted.value ? 0 : volume.value}
        onInput={(event) => desk.sound.setVolume(event.currentTarget.valueAsNumber)}
      />
    </span>
  );
}

function SpeedMenu({ desk }: { desk: PlayerDesk }) {
  const { speed } = desk.playback;
  return (
    <Menu
      label={t("player-speed")}
      side="above"
      class="btn btn-quiet num"
      items={SPEEDS.map((one) => ({
        label: speedOf(one),
        checked: speed.value === one,
        run: () => desk.playback.setSpeed(one),
      }))}
    >
      <span class="vh">{t("player-speed")}</span>
      <span>{speedOf(speed.value)}</span>
    </Menu>
  );
}

const LAYOUTS: readonly {
  layout: Layout;
  icon: "layout-focus" | "layout-side" | "layout-gallery";
}[] = [
  { layout: "main", icon: "layout-focus" },
  { layout: "side", icon: "layout-side" },
  { layout: "faces", icon: "layout-gallery" },
];

function More({ desk }: { desk: PlayerDesk }) {
  const { captions, layout, skipsSilence } = desk;
  const all = desk.manifest.value?.captions ?? [];
  return (
    <Menu
      label={t("player-more")}
      icon="settings"
      side="above"
      items={[
        { heading: t("player-layout") },
        ...LAYOUTS.map((one) => ({
          label: t(`player-layout-${one.layout}`),
          icon: one.icon,
          checked: layout.value === one.layout,
          run: () => {
            layout.value = one.layout;
          },
        })),
        { heading: null },
        {
          label: t("player-skip-silence"),
          icon: "skip" as const,
          checked: skipsSilence.value,
          toggles: true,
          run: () => {
            skipsSilence.value = !skipsSilence.value;
          },
        },
        ...(all.length > 0 ? [{ heading: t("player-captions") }] : []),
        ...all.map((one) => ({
          label: one.label || one.locale,
          checked: captions.isOn.value && captions.locale.value === one.locale,
          toggles: true,
          run: () => {
            const isShown = captions.isOn.peek() && captions.locale.peek() === one.locale;
            captions.isOn.value = !isShown;
            if (!isShown) void captions.pick(one);
          },
        })),
        { heading: null },
        {
          label: t("player-keys"),
          icon: "keyboard" as const,
          run: () => {
            desk.hasKeys.value = true;
          },
        },
      ]}
    />
  );
}
