/** While somebody waits: their place, when it is thought to be their turn, and the desk to write to. */
import { useEffect, useRef, useState } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { cityOf, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { announce } from "../../ui/live";
import type { Visit } from "../../wire/waiting";
import { fullness, headingOf, ringOf } from "./words";

const SAID_EVERY_MS = 60_000;
const ROUND = 2 * Math.PI * 126;

export function Ring({ visit }: { visit: Visit }) {
  const { big, key } = ringOf(visit);
  const full = fullness(visit.minutes);
  const turn = (full * 360 - 90) * (Math.PI / 180);
  return (
    <div class="wait-ring">
      <svg viewBox="0 0 280 280" fill="none" stroke-linecap="round" aria-hidden="true">
        <circle cx="140" cy="140" r="126" class="wait-ring-all" />
        <circle
          cx="140"
          cy="140"
          r="126"
          class="wait-ring-gone"
          stroke-dasharray={`${full * ROUND} ${ROUND}`}
          transform="rotate(-90 140 140)"
        />
        <circle
          cx={140 + 126 * Math.cos(turn)}
          cy={140 + 126 * Math.sin(turn)}
          r="9"
          class="wait-ring-dot"
        />
      </svg>
      <div class="wait-ring-in">
        <b class="num">{big || t("wait-soon")}</b>
        <span>{t(key, { minutes: visit.minutes ?? 0 })}</span>
      </div>
    </div>
  );
}

export function Place({ visit, isThere }: { visit: Visit; isThere: boolean }) {
  const heading = headingOf(visit);
  const text = t(heading.key, heading.args);
  useSaid(text);
  return (
    <div class="wait-head">
      <div class="wait-host small quiet">
        <Avatar name={visit.host.name} id={visit.slug.split("/").at(-1) ?? ""} size={44} />
        <p>
          {t("wait-with", { host: visit.host.name })}
          {visit.host.title && <span class="wait-title">{visit.host.title}</span>}
        </p>
      </div>
      <h1>{text}</h1>
      <p class="quiet">{t(visit.state === "called" ? "wait-called-note" : "wait-keep-open")}</p>
      {visit.planned && <Planned at={visit.planned} zone={visit.zone} />}
      {!isThere && (
        <p class="wait-away small" role="status">
          <Icon name="net-off" />
          {t("wait-line-lost")}
        </p>
      )}
    </div>
  );
}

/** By the reader's own clock, which is named; the host's beside it where it is another. */
function Planned({ at, zone }: { at: string; zone: string }) {
  const [own, ms] = [zoneHere(), Date.parse(at)];
  const here = t("wait-planned", { time: timeIn(own, ms), city: cityOf(own) });
  const there = timeIn(zone, ms) !== timeIn(own, ms);
  return (
    <p class="small quiet num">
      {here}
      {there && ` · ${t("wait-planned-there", { time: timeIn(zone, ms), city: cityOf(zone) })}`}
    </p>
  );
}

/** A change of place is said aloud once a minute at the most; a call at once. */
function useSaid(text: string): void {
  const said = useRef({ text, at: performance.now() });
  useEffect(() => {
    if (said.current.text === text) return;
    const wait = Math.max(0, said.current.at + SAID_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      said.current = { text, at: performance.now() };
      announce(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
}

interface CheckedProps {
  visit: Visit;
  onAgain(): void;
}

const SIGNS = { camera: "cam", microphone: "mic", speaker: "speaker", network: "net" } as const;
const NAMES = {
  camera: "camera",
  microphone: "microphone",
  speaker: "wait-sound",
  network: "wait-connection",
} as const;
const WELL: readonly string[] = ["works", "heard", "good"];

/** What the check found, and the way to check again. */
export function CheckedList({ visit, onAgain }: CheckedProps) {
  const kinds = ["camera", "microphone", "speaker", "network"] as const;
  return (
    <ul class="wait-checks card">
      {kinds.map((kind) => {
        const found = visit.checked[kind] ?? "skipped";
        const well = WELL.includes(found);
        return (
          <li key={kind} class={well ? "is-ok" : ""}>
            <Icon name={SIGNS[kind]} />
            <span class="grow">{t(NAMES[kind])}</span>
            <span class="row small wait-found">
              {well && <Icon name="check" />}
              {t(`wait-found-${found}`)}
            </span>
          </li>
        );
      })}
      <li class="wait-again">
        <Icon name="again" />
        <Button look="quiet" size="small" onClick={onAgain}>
          {t("wait-check-again")}
        </Button>
      </li>
    </ul>
  );
}

interface ReasonProps {
  visit: Visit;
  onReason(reason: string): Promise<void>;
}

/** What it is about, in the client's words; it can be changed while they wait. */
export function ReasonField({ visit, onReason }: ReasonProps) {
  const [own, setOwn] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const text = own ?? visit.reason;
  const save = async () => {
    setSaving(true);
    await onReason(text);
    setSaving(false);
    setOwn(null);
  };
  return (
    <form
      class="wait-reason"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="field" for="wait-reason">
        {t("wait-reason")}
      </label>
      <textarea
        id="wait-reason"
        class="input"
        rows={2}
        maxLength={300}
        value={text}
        onInput={(event) => setOwn(event.currentTarget.value)}
      />
      {own !== null && own.trim() !== visit.reason && (
        <Button type="submit" look="line" size="small" waiting={saving && t("wait-saving")}>
          {t("wait-reason-save")}
        </Button>
      )}
    </form>
  );
}
