/** In which zone the times are shown, and the way to another one. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { zoneHere } from "../../booking/zone";
import { allZones, isZone, offsetText, placeOfZone, searchZones } from "../../booking/zones";
import { among } from "../../text/among";
import { timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { announce } from "../../ui/live";

const STORED = "classroom.zone";

function firstZone(): string {
  const kept = globalThis.sessionStorage?.getItem(STORED);
  if (kept && isZone(kept)) return kept;
  const here = zoneHere();
  return isZone(here) ? here : "UTC";
}

/** The visitor's zone: the browser's, or what they chose in this tab. */
export const zone = signal(firstZone());

function choose(id: string): void {
  zone.value = id;
  sessionStorage.setItem(STORED, id);
  announce(t("book-zone-changed", { place: placeOfZone(id, language.value) }));
}

export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** "Times in Shanghai, now 14:02. Change" */
export function ZoneLine({ hostZone }: { hostZone: string }) {
  const [open, setOpen] = useState(false);
  const now = useNow(10_000);
  const place = among(placeOfZone(zone.value, language.value));
  return (
    <div class="zone-line">
      <Icon name="globe" />
      <span class="num">{t("book-zone", { place, time: timeIn(zone.value, now) })}</span>
      <Button look="link" aria-label={t("book-zone-change-title")} onClick={() => setOpen(true)}>
        {t("book-zone-change")}
      </Button>
      <Dialog open={open} title={t("book-zone-change-title")} onClose={() => setOpen(false)}>
        <ZoneSearch
          first={[zoneHere(), hostZone]}
          onPick={(id) => {
            choose(id);
            setOpen(false);
          }}
        />
        <div class="dlg-foot">
          <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
        </div>
      </Dialog>
    </div>
  );
}

interface SearchProps {
  first: readonly string[];
  onPick(zone: string): void;
}

function ZoneSearch({ first, onPick }: SearchProps) {
  const [text, setText] = useState("");
  const [zones] = useState(allZones);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const at = serverNow();
  const found = searchZones(text, { zones, first, language: language.value, at });
  return (
    <>
      <div class="field">
        <label for="zone-search">{t("book-zone-search")}</label>
        <input
          ref={input}
          id="zone-search"
          class="input"
          type="search"
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const best = found[0];
            if (event.key !== "Enter" || event.isComposing || !best) return;
            event.preventDefault();
            onPick(best.zone);
          }}
        />
      </div>
      <ul class="zone-list">
        {found.map((one) => (
          <li key={one.zone}>
            <button
              type="button"
              aria-current={one.zone === zone.value || undefined}
              onClick={() => onPick(one.zone)}
            >
              <span class="grow">{one.place}</span>
              <span class="num quiet">
                {timeIn(one.zone, at)} · {offsetText(one.zone, at)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="field-hint" aria-live="polite">
        {found.length === 0 ? t("book-zone-none") : ""}
      </p>
    </>
  );
}
