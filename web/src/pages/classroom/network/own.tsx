/** Our own connection: a sign in the top bar that explains itself, and a word when it is short. */
import type { Verdict } from "../../../media/quality";
import type { Way } from "../../../media/way";
import { participantOf } from "../../../room/state";
import { millisecondsOf, percentOf, rateOf } from "../../../text/figures";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { ReducedSource } from "../../../wire/messages";
import { toggleCamera } from "../actions";
import { type Desk, seesScreen } from "../desk";
import { type Details, DetailsFlyout } from "./details";
import { NetworkDot } from "./dot";
import { reducedOf, type Standing, sentences, shortWords } from "./findings";
import { doneForUs, firstWords } from "./remedies";

const ID = "own-connection";
/** What is worth a word beside the sign. */
const TAGGED: readonly Way[] = ["tcp", "relay"];
/** The same borders as in everybody's: see findings.ts. */
const LATE_MS = 250;

export function OwnConnection({ desk }: { desk: Desk }) {
  const phone = desk.form.value === "phone";
  const standing = ownStanding(desk);
  const word = t(`net-is-${standing}`);
  const { way } = desk.session.call.quality;
  const tag = ownTag(desk, TAGGED.find((one) => one === way.value) ?? null);
  const name = t("net-button", { word });
  return (
    <>
      <button
        type="button"
        class="net"
        popovertarget={ID}
        aria-haspopup="dialog"
        aria-label={tag ? sentences([`${name}.`, tag.means]) : name}
        data-tip={tag?.means ?? t(`net-quality-${standing}`)}
      >
        <NetworkDot standing={standing} />
        {!phone && <span>{word}</span>}
        {tag && <span class="net-tag">{tag.word}</span>}
      </button>
      <DetailsFlyout
        id={ID}
        title={t("net-own")}
        side={phone ? "sheet" : "below"}
        details={() => ownDetails(desk)}
      />
    </>
  );
}

/** A word beside the sign. On a phone there is no other place to say that sound goes first. */
function ownTag(desk: Desk, way: Way | null): { word: string; means: string } | null {
  const first = desk.session.call.advised.notice.value;
  if (first && desk.form.value === "phone" && !seesScreen(desk)) {
    const { title, note } = firstWords(first, null);
    return { word: t("net-tag-first"), means: sentences([title, note]) };
  }
  return way && { word: t(`net-tag-${way}`), means: t(`net-way-${way}`) };
}

/** What is short, for eyes; a press explains it. Nothing where nothing is short. */
export function ShortNotice({ desk, brief }: { desk: Desk; brief?: boolean }) {
  const { downlink, advised } = desk.session.call;
  const first = advised.notice.value;
  const short = downlink.notice.value;
  const words = first ? firstWords(first, short) : short && shortWords(short);
  if (!words) return null;
  const { title, note, more } = words;
  const all = sentences([title, note, more].filter(Boolean));
  return (
    <button
      type="button"
      class="net-short"
      aria-haspopup="dialog"
      aria-label={all}
      data-tip={all}
      // The explanation stands at the sign in the top bar, whoever opens it.
      onClick={() => document.getElementById(ID)?.showPopover()}
    >
      <Icon name="net-weak" />
      <span class="ell">
        <b>{title}</b>
        {!brief && <span>{sentences(["", note])}</span>}
        {!brief && more && <span class="is-more">{sentences(["", more])}</span>}
      </span>
    </button>
  );
}

export function ownStanding(desk: Desk): Standing {
  const { call, standing } = desk.session;
  const waits = standing.value.is === "reconnecting";
  if (waits) return call.arrival.goesOn.value ? "poor" : "away";
  // Nothing lost of nothing sent is no good connection.
  const broken = call.transports.state.value === "broken" || call.obstructed.value;
  if (broken) return "poor";
  const measured: Verdict = call.quality.current.value?.verdict ?? "good";
  const told = call.downlink.notice.value ?? call.advised.notice.value;
  return measured === "good" && told ? "weak" : measured;
}

/** Advice with a button; while the camera is held back there is another, in the banner. */
function mayTurnOff(desk: Desk, standing: Standing): boolean {
  const { camera, call } = desk.session;
  return standing !== "good" && camera.on.value && !call.advised.cameraHeld.value;
}

function ownDetails(desk: Desk): Details {
  const standing = ownStanding(desk);
  if (standing === "away") {
    return {
      standing,
      findings: [t("room-reconnecting-note")],
      facts: [],
      reduced: [],
      done: [],
      advice: [],
    };
  }
  const { advised } = desk.session.call;
  const reduced = reducedOf(
    ownReductions(desk),
    (id) => participantOf(desk.room.value, id)?.name ?? null,
  );
  return {
    standing,
    findings: ownFindings(desk, reduced.length > 0),
    facts: ownFacts(desk),
    reduced,
    done: doneForUs(advised.advice.value, advised.insisted.value),
    act: mayTurnOff(desk, standing)
      ? { label: t("net-advice-own-camera-off"), run: () => void toggleCamera(desk) }
      : null,
    advice: standing === "good" ? [] : ownAdvice(desk),
  };
}

function ownFindings(desk: Desk, short: boolean): string[] {
  const { quality, downlink } = desk.session.call;
  const found: string[] = desk.session.call.arrival.goesOn.value ? [t("room-slow")] : [];
  const { verdict, lossPercent, roundTripMs } = quality.current.value ?? {};
  if (verdict && verdict !== "good") {
    const loss = lossPercent ?? 0;
    if (loss >= 1) found.push(t("net-own-lost", { loss: percentOf(loss / 100) }));
    const late = (roundTripMs ?? 0) >= LATE_MS;
    if (late) found.push(t("net-own-trip", { trip: millisecondsOf(roundTripMs ?? 0) }));
  }
  const rate = downlink.bitrate.value;
  if (short && rate !== null) found.push(t("net-own-room", { rate: rateOf(rate) }));
  const way = quality.way.value;
  if (way === "tcp" || way === "relay") found.push(t(`net-way-${way}`));
  return found.length > 0 || verdict !== "good" ? found : [t("net-finds-plain")];
}

function ownFacts(desk: Desk): Details["facts"] {
  const { quality, downlink } = desk.session.call;
  const now = quality.current.value;
  const way = quality.way.value;
  const bitrate = downlink.bitrate.value;
  const trip = now?.roundTripMs ?? null;
  return [
    { label: t("net-fact-trip"), value: trip === null ? t("net-none") : millisecondsOf(trip) },
    {
      label: t("net-fact-lost"),
      value: now ? percentOf(now.lossPercent / 100) : t("net-none"),
    },
    ...(bitrate === null ? [] : [{ label: t("net-fact-room"), value: rateOf(bitrate) }]),
    { label: t("net-fact-way"), value: way ? t(`net-fact-way-${way}`) : t("net-none") },
  ];
}

function ownReductions(desk: Desk): ReducedSource[] {
  const { cameras, screen } = desk.session.call.downlink.shortage.value;
  const list: ReducedSource[] = [...cameras].map(([participant_id, reduction]) => ({
    participant_id,
    source: "camera",
    reduction,
  }));
  const presenter = desk.presenter.value;
  if (!screen || !presenter) return list;
  return [{ participant_id: presenter.id, source: "screen", reduction: screen }, ...list];
}

function ownAdvice(desk: Desk): string[] {
  const way = desk.session.call.quality.way.value;
  const camera = desk.session.camera.on.value ? [t("net-advice-own-camera")] : [];
  return [...camera, t(way === "tcp" ? "net-advice-network" : "net-advice-own-wifi")];
}
