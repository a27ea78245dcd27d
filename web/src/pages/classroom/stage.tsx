/** What the room looks at: a shared screen on the mat, or one large face. */
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RemoteTrack } from "../../media/consumers";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Segmented } from "../../ui/field";
import { Icon } from "../../ui/icon";
import type { Participant, ShareMode } from "../../wire/messages";
import type { Desk } from "./desk";
import { toggleFullScreen } from "./full_screen";
import { stopDrawing } from "./ink/acts";
import { InkFoot } from "./ink/foot";
import { InkOverScreen, InkTools, useInkParts } from "./ink/over_screen";
import { ShortNotice } from "./network/own";
import { Picture } from "./picture";
import { RecordingMark } from "./recording/pill";
import { remotePicture, Tile } from "./tile";

export function SharedScreen({ desk, presenter }: { desk: Desk; presenter: Participant }) {
  const [ratio, setRatio] = useState(16 / 9);
  const own = presenter.id === desk.room.value.selfId;
  const phone = desk.form.value === "phone";
  useInkParts(desk);
  return (
    <section
      class="stage"
      aria-label={t("room-stage")}
      data-draws={desk.drawing.value ? "yes" : "no"}
      onKeyDown={(event) => {
        if (event.key === "Escape" && escapes(desk, event)) event.preventDefault();
      }}
    >
      <div class="ink-desk">
        {!phone && <InkTools desk={desk} />}
        <div class="fit" style={{ "--ratio": String(ratio) }}>
          <div class="canvas">
            {own ? (
              <OwnScreen desk={desk} onRatio={setRatio} />
            ) : (
              <OtherScreen
                key={presenter.id}
                desk={desk}
                presenter={presenter}
                onRatio={setRatio}
              />
            )}
            <InkOverScreen desk={desk} ratio={ratio} />
          </div>
        </div>
        {phone && <InkTools desk={desk} lying />}
      </div>
      {own ? <OwnFoot desk={desk} /> : <OtherFoot desk={desk} presenter={presenter} />}
    </section>
  );
}

/** Puts the pen down. What was under way was dropped by the board, and then the key came no further;
 * a menu closes by itself. */
function escapes(desk: Desk, event: TargetedKeyboardEvent<HTMLElement>): boolean {
  const isOfMenu = event.target instanceof Element && event.target.closest("[popover]") !== null;
  if (event.defaultPrevented || isOfMenu || !desk.drawing.value) return false;
  event.stopPropagation();
  stopDrawing(desk);
  event.currentTarget.querySelector<HTMLElement>(".draw-button")?.focus();
  return true;
}

interface ScreenProps {
  desk: Desk;
  onRatio(ratio: number): void;
}

function OtherScreen({ desk, presenter, onRatio }: ScreenProps & { presenter: Participant }) {
  const newest = remotePicture(desk, presenter.id, "screen");
  const [drawn, setDrawn] = useState<RemoteTrack | null>(null);
  if (!newest) {
    return (
      <div class="screen-note" role="status">
        <span class="spin" />
        <p>{t("room-screen-coming", { name: presenter.name })}</p>
      </div>
    );
  }
  // One that is sent anew, in another codec, lies above what was drawn last, with nothing in it
  // until its first frame; from then on the two would only share our network.
  const isDrawn = drawn?.consumerId === newest.consumerId;
  const screens = drawn && !isDrawn ? [drawn, newest] : [newest];
  return screens.map((screen) => (
    <Picture
      key={screen.consumerId}
      desk={desk}
      track={screen.track}
      consumerId={screen.consumerId}
      label={t("room-screen-of", { name: presenter.name })}
      class="is-whole"
      onFresh={screen === newest && !isDrawn ? () => setDrawn(newest) : undefined}
      onRatio={onRatio}
    />
  ));
}

function OwnScreen({ desk, onRatio }: ScreenProps) {
  const track = desk.session.share.video.value;
  // A whole screen holds this very page: shown here it would repeat itself without end.
  const whole = track?.getSettings().displaySurface === "monitor";
  useEffect(() => {
    if (!track || !whole) return;
    // Nobody shows it here, so nothing tells its shape, which is right only once frames are taken.
    const look = () => {
      const { width = 0, height = 0 } = track.getSettings();
      if (width > 0 && height > 0) onRatio(width / height);
    };
    look();
    const timer = setInterval(look, SHAPE_MS);
    return () => clearInterval(timer);
  }, [track, whole]);
  if (!track || whole) {
    return (
      <div class="screen-note">
        <Icon name="share" />
        <p>{t(whole ? "ink-whole-screen" : "room-share-yours")}</p>
      </div>
    );
  }
  const label = t("room-share-yours");
  return (
    <Picture
      desk={desk}
      track={track}
      consumerId={null}
      label={label}
      class="is-whole"
      onRatio={onRatio}
    />
  );
}

/** How often the shape of a whole screen of ours is looked at. */
const SHAPE_MS = 1_000;
const MODES = ["text", "motion"] as const;

function OwnFoot({ desk }: { desk: Desk }) {
  const { share } = desk.session;
  const narrow = desk.form.value === "phone";
  const modes = MODES.map((mode) => ({
    label: t(`room-share-${mode}`),
    checked: share.mode.value === mode,
    run: () => share.setMode(mode),
  }));
  return (
    <div class="stagefoot">
      <span class="src">
        <Icon name="share" />
        <span class="ell">{t("room-share-on")}</span>
        {share.audio.value && (
          <span class="pill">
            <Icon name="speaker" />
            <span>{t("room-share-with-sound")}</span>
          </span>
        )}
      </span>
      {!narrow && (
        <Segmented<ShareMode>
          label={t("room-share-mode")}
          value={share.mode.value}
          options={MODES.map((mode) => ({
            value: mode,
            label: t(`room-share-${mode}`),
            icon: mode,
          }))}
          onPick={(mode) => share.setMode(mode)}
        />
      )}
      <InkFoot desk={desk} more={narrow ? [{ heading: t("room-share-mode") }, ...modes] : []} />
      <Button look="line" size="small" icon="share-off" onClick={() => share.stop()}>
        {t("room-share-stop")}
      </Button>
    </div>
  );
}

function OtherFoot({ desk, presenter }: { desk: Desk; presenter: Participant }) {
  const phone = desk.form.value === "phone";
  return (
    <div class="stagefoot">
      <span class="src">
        <Icon name="screen" />
        <span class="ell">{t("room-screen-of", { name: presenter.name })}</span>
        {presenter.media.screen_audio === "live" && (
          <span class="pill">
            <Icon name="speaker" />
            <span>{t("room-share-with-sound")}</span>
          </span>
        )}
      </span>
      <RecordingMark desk={desk} />
      <ShortNotice desk={desk} brief={phone} />
      <InkFoot desk={desk} />
      <IconButton
        label={t("room-screen-full")}
        icon="full"
        onClick={({ currentTarget }) => toggleFullScreen(currentTarget.closest(".stage"))}
      />
    </div>
  );
}

/** One face as large as the stage allows. */
export function LargeFaces({ desk, people }: { desk: Desk; people: readonly Participant[] }) {
  return (
    <section class="large" data-count={people.length} aria-label={t("room-stage")}>
      {people.map((person) => (
        <div class="fit" key={person.id}>
          <Tile desk={desk} person={person} avatar={112} />
        </div>
      ))}
    </section>
  );
}
