/** Faces in a row beside the content. */
import { useRef } from "preact/hooks";
import { t } from "../../text/text";
import type { Participant } from "../../wire/messages";
import type { Desk } from "./desk";
import { type StripPlan, stripPlan, visibleFaces } from "./layout";
import { isSpeaking, Tile } from "./tile";
import { useSize } from "./use_size";

/** Lengths along the strip for each place it can lie in; see principles 2 of the design. */
const ALONG = {
  across: { tile: 168, more: 84, gap: 8 },
  phone: { tile: 76, more: 48, gap: 6 },
  down: { more: 56, gap: 8 },
};
/** Height by width of a face in a strip that runs down. */
const DOWN_RATIO = 10 / 16;

export function Strip({ desk, faces }: { desk: Desk; faces: readonly Participant[] }) {
  const ref = useRef<HTMLElement>(null);
  const size = useSize(ref);
  const form = desk.form.value;
  const down = form === "wide" && desk.panel.value === "none";
  const tall = { ...ALONG.down, tile: Math.ceil(size.width * DOWN_RATIO) };
  const measure = down ? tall : form === "phone" ? ALONG.phone : ALONG.across;
  const plan = stripPlan(faces.length, down ? size.height : size.width, measure);
  const known = size.width > 0;
  const shown = visibleFaces(faces, plan.shown, desk.room.value.selfId);
  return (
    <section class="strip" ref={ref} aria-label={t("room-faces")}>
      {shown.map((person) => (
        <Tile key={person.id} desk={desk} person={person} avatar={form === "phone" ? 36 : 48} />
      ))}
      {known && plan.hidden > 0 && <MoreTile desk={desk} faces={faces} shown={shown} plan={plan} />}
    </section>
  );
}

interface MoreProps {
  desk: Desk;
  faces: readonly Participant[];
  shown: readonly Participant[];
  plan: StripPlan;
}

function MoreTile({ desk, faces, shown, plan }: MoreProps) {
  const hidden = faces.filter((one) => !shown.includes(one));
  const speaking = hidden.some((one) => isSpeaking(desk, one));
  return (
    <button
      type="button"
      class={speaking ? "more-tile is-speaking" : "more-tile"}
      aria-label={t("room-show-everyone", { count: plan.hidden })}
      onClick={() => desk.setView("gallery")}
    >
      <b>+{plan.hidden}</b>
      <span>{t("room-everyone")}</span>
    </button>
  );
}
