/** The words of the slide looked at, to copy and to hear, and a search through all of them. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { language, t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Field } from "../../../ui/field";
import { toast } from "../../../ui/live";
import { wordsOfPlace } from "../board/place";
import type { Desk } from "../desk";
import { hasVoice, isReading, readAloud, stopReading } from "./aloud";
import { type DeckHere, deckHere } from "./here";
import { languageOf } from "./reading";
import { HITS_MAX, type Hit, hitsOf } from "./search";
import { useWords } from "./words_here";

interface TextProps {
  desk: Desk;
  view: BoardView;
}

export function TextPanel({ desk, view }: TextProps) {
  const here = useMemo(() => deckHere(desk, view.pageId), [desk, view]);
  const [wanted, setWanted] = useState("");
  const pageId = view.pageId.value;
  const panel = useRef<HTMLDivElement>(null);
  // Where a keyboard is at hand one types at once; elsewhere one over the screen would come up.
  useLayoutEffect(() => {
    if (desk.form.peek() === "wide") panel.current?.querySelector("input")?.focus();
  }, [desk]);
  // What was read was of another slide, and is nobody's when the panel goes.
  useEffect(() => stopReading, [pageId]);
  if (!here.value) return <p class="slide-none">{t("present-text-elsewhere")}</p>;
  return (
    <div class="scroll slide-text" ref={panel}>
      <Field
        label={t("present-search")}
        value={wanted}
        onValue={setWanted}
        autocomplete="off"
        maxLength={100}
      />
      {wanted.trim() === "" ? (
        <Words desk={desk} view={view} />
      ) : (
        <Hits desk={desk} view={view} here={here.value} wanted={wanted} />
      )}
    </div>
  );
}

function Words({ desk, view }: TextProps) {
  const words = useWords(desk, view);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words ?? "");
      toast(t("present-text-copied"));
    } catch {
      toast(t("present-text-not-copied"));
    }
  };
  return (
    <section class="slide-words">
      <h3>{wordsOfPlace(desk, view.pageId.value)}</h3>
      {words ? (
        <>
          <div class="slide-acts">
            {hasVoice.value &&
              (isReading.value ? (
                <Button look="line" icon="stop" onClick={stopReading}>
                  {t("present-read-stop")}
                </Button>
              ) : (
                <Button look="line" icon="speaker" onClick={() => readAloud(words)}>
                  {t("present-read")}
                </Button>
              ))}
            <Button look="line" icon="copy" onClick={() => void copy()}>
              {t("present-text-copy")}
            </Button>
          </div>
          <p class="slide-said" lang={languageOf(words, language.value)}>
            {words}
          </p>
        </>
      ) : (
        <p class="quiet">{t(words === "" ? "present-text-none" : "present-text-coming")}</p>
      )}
    </section>
  );
}

interface HitsProps extends TextProps {
  here: DeckHere;
  wanted: string;
}

function Hits({ desk, view, here, wanted }: HitsProps) {
  const { texts } = desk.session;
  const { rows } = here;
  const known = texts.known.value;
  // Students have been told no texts: those of what they saw are asked for when they search.
  const missing = rows.flatMap((row) =>
    row.leaves.flatMap(({ page, address, text }) =>
      text === "" && page.is_seen && !known.has(address) ? address : [],
    ),
  );
  const asked = missing.join(" ");
  useEffect(() => texts.want(asked.split(" ")), [texts, asked]);
  const hits = hitsOf(rows, wanted);
  return (
    <>
      <p class="quiet small" role="status">
        {missing.length > 0 ? t("present-text-coming") : countOf(hits.length)}
      </p>
      <ol class="slide-hits">
        {hits.map((hit) => (
          <li key={`${hit.at} ${hit.field}`}>
            <Found hit={hit} isHere={hit.page === view.pageId.value} view={view} />
          </li>
        ))}
      </ol>
    </>
  );
}

function countOf(count: number): string {
  if (count === 0) return t("present-search-none");
  return t(count === HITS_MAX ? "present-search-many" : "present-search-found", { count });
}

function Found({ hit, isHere, view }: { hit: Hit; isHere: boolean; view: BoardView }) {
  return (
    <button
      type="button"
      class="slide-hit"
      aria-current={isHere ? "page" : undefined}
      onClick={() => view.openPage(hit.page)}
    >
      <b class="num">{hit.at}</b>
      <span>
        {hit.field === "notes" && <em>{t("present-in-notes")} </em>}
        {hit.before}
        <mark>{hit.found}</mark>
        {hit.after}
      </span>
    </button>
  );
}
