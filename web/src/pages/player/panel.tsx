/** Beside the picture: chapters, chat, people, the transcript, and finding words in all of it. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { nameOf } from "../../recording/manifest";
import { toPlay } from "../../recording/playtime";
import { type Hit, search } from "../../recording/search";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Segmented } from "../../ui/field";
import { Icon, type IconName } from "../../ui/icon";
import { titleOf } from "./chapter_words";
import type { PlayerDesk } from "./desk";
import { entriesOf } from "./entries";
import { PageThumb } from "./page_thumb";
import { TakeAway } from "./take_away";
import { chapterAt } from "./timeline";
import { clockOf } from "./times";

type Tab = "chapters" | "chat" | "people" | "words";

export function Panel({ desk, isShared }: { desk: PlayerDesk; isShared: boolean }) {
  const tab = useSignal<Tab>("chapters");
  const query = useSignal("");
  const hasWords = desk.captions.cues.value.length > 0;
  const tabs: Tab[] = ["chapters", "chat", "people", ...(hasWords ? (["words"] as const) : [])];
  return (
    <aside class="ppanel" aria-label={t("player-panel")}>
      <div class="ppanel-head">
        <Search value={query.value} onValue={(text) => (query.value = text)} />
        {query.value === "" && (
          <Segmented
            label={t("player-panel")}
            value={tab.value}
            options={tabs.map((value) => ({ value, label: t(`player-tab-${value}`) }))}
            onPick={(picked) => (tab.value = picked)}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it. */}
      <div class="ppanel-body" tabIndex={0}>
        {query.value !== "" ? (
          <Results desk={desk} query={query.value} />
        ) : tab.value === "chapters" ? (
          <Chapters desk={desk} />
        ) : tab.value === "chat" ? (
          <Talk desk={desk} />
        ) : tab.value === "people" ? (
          <People desk={desk} />
        ) : (
          <Transcript desk={desk} />
        )}
      </div>
      <TakeAway desk={desk} isShared={isShared} />
    </aside>
  );
}

function Search({ value, onValue }: { value: string; onValue(text: string): void }) {
  return (
    <label class="psearch">
      <Icon name="search" />
      <span class="vh">{t("player-search")}</span>
      <input
        type="search"
        placeholder={t("player-search")}
        value={value}
        maxLength={100}
        onInput={(event) => onValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (value === "") event.currentTarget.blur();
          onValue("");
        }}
      />
    </label>
  );
}

function At({ desk, ms }: { desk: PlayerDesk; ms: number }) {
  return <time class="num">{clockOf(toPlay(ms, desk.manifest.value?.holes ?? []))}</time>;
}

function Quiet({ text }: { text: string }) {
  return <p class="ppanel-quiet">{text}</p>;
}

function Chapters({ desk }: { desk: PlayerDesk }) {
  const now = useComputed(() => chapterAt(desk, desk.playback.ms.value)?.ms ?? -1).value;
  const chapters = desk.chapters.value;
  if (chapters.length === 0) return <Quiet text={t("player-no-chapters")} />;
  return (
    <ol class="plist">
      {chapters.map((chapter, at) => (
        <li key={chapter.ms}>
          <button
            type="button"
            class="pchapter"
            aria-current={chapter.ms === now ? "true" : undefined}
            onClick={() => desk.seek(chapter.ms)}
          >
            <PageThumb desk={desk} chapter={chapter} until={chapters[at + 1]?.ms ?? null} />
            <b>{titleOf(desk, chapter)}</b>
            <At desk={desk} ms={chapter.ms} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Talk({ desk }: { desk: PlayerDesk }) {
  const lines = desk.lines.value;
  const now = useComputed(
    () => desk.lines.value.findLast(({ ms }) => ms <= desk.playback.ms.value)?.id ?? "",
  ).value;
  const manifest = desk.manifest.value;
  if (!manifest || lines.length === 0) return <Quiet text={t("player-no-chat")} />;
  return (
    <ol class="plist">
      {lines.map((line) => {
        const name = nameOf(manifest, line.pid);
        const answered = lines.find(({ id }) => id === line.replyTo);
        return (
          <li key={line.id}>
            <button
              type="button"
              class="pline"
              aria-current={line.id === now ? "true" : undefined}
              onClick={() => desk.seek(line.ms)}
            >
              <Avatar name={name} id={line.pid} size={28} />
              <span class="pline-text">
                <b>{name}</b>
                {answered && <q class="ell">{answered.text}</q>}
                <span>{line.text}</span>
              </span>
              <At desk={desk} ms={line.ms} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function People({ desk }: { desk: PlayerDesk }) {
  const manifest = desk.manifest.value;
  const here = desk.scene.value.people;
  if (!manifest) return null;
  return (
    <ul class="plist">
      {manifest.people.map(({ pid, name }) => {
        const speaks = desk.faces.value.some((face) => face.pid === pid && face.isSpeaking);
        const first = desk.voices.value.get(pid)?.[0]?.[0];
        return (
          <li key={pid} class="pperson">
            <Avatar name={name} id={pid} size={32} />
            <span class="grow">
              <b class="ell">{name}</b>
              <small>
                {speaks
                  ? t("player-speaking")
                  : t(here.has(pid) ? "player-is-here" : "player-is-away")}
              </small>
            </span>
            {first !== undefined && (
              <button type="button" class="btn btn-quiet btn-sm" onClick={() => desk.seek(first)}>
                {t("player-first-words")}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Transcript({ desk }: { desk: PlayerDesk }) {
  const { cues } = desk.captions;
  const list = useRef<HTMLOListElement>(null);
  const now = useComputed(
    () => cues.value.findLast(({ from }) => from <= desk.playback.ms.value)?.from ?? -1,
  ).value;
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [now]);
  return (
    <ol class="plist" ref={list}>
      {cues.value.map((cue) => (
        <li key={`${cue.from} ${cue.text}`}>
          <button
            type="button"
            class="pline"
            aria-current={cue.from === now ? "true" : undefined}
            onClick={() => desk.seek(cue.from)}
          >
            <span class="pline-text">{cue.text}</span>
            <At desk={desk} ms={cue.from} />
          </button>
        </li>
      ))}
    </ol>
  );
}

const SIGNS: Readonly<Record<Hit["kind"], IconName>> = {
  ...{ chat: "chat", page: "pages", slide: "slides", board: "board" },
  ...{ poll: "ask", caption: "captions" },
};

function Results({ desk, query }: { desk: PlayerDesk; query: string }) {
  const entries = useComputed(() => entriesOf(desk)).value;
  const hits = useMemo(() => search(entries, query), [entries, query]);
  const manifest = desk.manifest.value;
  return (
    <>
      <p class="ppanel-count" role="status">
        {t("player-found", { count: hits.length })}
      </p>
      <ol class="plist">
        {hits.map((hit) => (
          <li key={`${hit.kind} ${hit.ms} ${hit.id} ${hit.text}`}>
            <button type="button" class="pline" onClick={() => desk.seek(hit.ms, hit.id)}>
              <Icon name={SIGNS[hit.kind]} />
              <span class="pline-text">
                <b>
                  {t(`player-in-${hit.kind}`)}
                  {hit.pid !== "" && manifest && ` · ${nameOf(manifest, hit.pid)}`}
                </b>
                <span>
                  {before(hit)}
                  <mark>{hit.text.slice(hit.from, hit.to)}</mark>
                  {hit.text.slice(hit.to, hit.to + 120)}
                </span>
              </span>
              <At desk={desk} ms={hit.ms} />
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

const AROUND = 40;

function before({ text, from }: Hit): string {
  return from > AROUND ? `…${text.slice(from - AROUND, from)}` : text.slice(0, from);
}
