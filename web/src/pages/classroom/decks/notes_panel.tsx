/** What who teaches has in hand: notes of the slide, what comes next, and the time. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import type { Desk } from "../desk";
import { clockOf } from "../layout";
import { type DeckHere, deckOfClass } from "./here";
import { notesSize, resizeNotes, SIZES } from "./notes";
import { nextLeaf, rowOfPage } from "./rows";
import { slideSince } from "./slide_clock";
import { ratioOf, SlidePicture } from "./slide_picture";

export function NotesPanel({ desk }: { desk: Desk }) {
  const here = useMemo(() => deckOfClass(desk), [desk]);
  return (
    <div class="notes">
      <div class="notes-head">
        <Times desk={desk} />
        <IconButton
          label={t("present-notes-smaller")}
          icon="smaller"
          disabled={notesSize.value === 0}
          onClick={() => resizeNotes(-1)}
        />
        <IconButton
          label={t("present-notes-larger")}
          icon="larger"
          disabled={notesSize.value === SIZES - 1}
          onClick={() => resizeNotes(1)}
        />
      </div>
      {here.value ? (
        <Slide desk={desk} here={here.value} />
      ) : (
        <p class="notes-none">{t("present-notes-elsewhere")}</p>
      )}
    </div>
  );
}

/** Nobody is told of each second. */
function Times({ desk }: { desk: Desk }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const { startedAt } = desk.room.value;
  const { slide, at } = slideSince.value;
  const since = (from: number) => clockOf(Math.max(0, (now - from) / 1_000));
  return (
    <dl class="notes-times">
      {slide !== "" && (
        <div>
          <dt>{t("present-time-slide")}</dt>
          <dd class="num">{since(at)}</dd>
        </div>
      )}
      {startedAt !== "" && (
        <div>
          <dt>{t("present-time-lesson")}</dt>
          <dd class="num">{since(Date.parse(startedAt))}</dd>
        </div>
      )}
    </dl>
  );
}

function Slide({ desk, here }: { desk: Desk; here: DeckHere }) {
  const { placement, rows } = here;
  const pageId = desk.room.value.board.page_id;
  const row = rows[rowOfPage(rows, pageId)];
  const next = nextLeaf(rows, pageId);
  if (!row) return null;
  const isStep = next !== null && row.leaves.includes(next);
  const known = desk.session.slides.isKnown(placement);
  return (
    <>
      <section
        class="scroll notes-words"
        aria-label={t("present-notes")}
        data-size={notesSize.value}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        key={row.at}
      >
        <h3>
          {t("present-slide-of", { at: row.at, count: rows.length })}
          {row.title !== "" && <span>{row.title}</span>}
        </h3>
        {row.notes !== "" ? (
          <p class="notes-text">{row.notes}</p>
        ) : (
          <p class="quiet">{t(known ? "present-notes-none" : "present-notes-coming")}</p>
        )}
      </section>
      <section class="notes-next" aria-label={t("present-next")}>
        <h3>{t(next ? (isStep ? "present-next-step" : "present-next") : "present-next-none")}</h3>
        {next && (
          <SlidePicture
            key={next.address}
            class="notes-picture"
            address={next.address}
            ratio={ratioOf(next.page)}
            px={1280}
          />
        )}
      </section>
    </>
  );
}
