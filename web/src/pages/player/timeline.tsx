/** The timeline: chapters, the line of time, and who spoke when. */
import { useComputed } from "@preact/signals";
import type { Chapter } from "../../recording/chapters";
import { nameOf } from "../../recording/manifest";
import { type Span, toPlay } from "../../recording/playtime";
import { t } from "../../text/text";
import { titleOf } from "./chapter_words";
import type { PlayerDesk } from "./desk";
import { SeekBar } from "./seek_bar";

const MOST_LANES = 6;
/** Shorter silences are not seen at this size. */
const JOINED = 1 / 600;

export function Timeline({ desk, hasLanes }: { desk: PlayerDesk; hasLanes: boolean }) {
  const manifest = desk.manifest.value;
  if (!manifest) return null;
  const length = Math.max(1, desk.playback.lengthMs);
  const play = (ms: number) => toPlay(ms, manifest.holes);
  return (
    <div class="timeline">
      {desk.chapters.value.length > 0 && (
        <>
          <span class="timeline-name">{t("player-chapters")}</span>
          <Chapters desk={desk} length={length} />
        </>
      )}
      <span class="timeline-name" />
      <SeekBar desk={desk} />
      {hasLanes &&
        lanesOf(desk).map(([pid, voice]) => (
          <Lane
            key={pid}
            name={nameOf(manifest, pid)}
            spans={joined(voice.map(([from, to]) => [play(from) / length, play(to) / length]))}
          />
        ))}
      {hasLanes && <Legend desk={desk} />}
    </div>
  );
}

/** What the marks mean, as far as there are such. */
function Legend({ desk }: { desk: PlayerDesk }) {
  const { happenings } = desk.story.value;
  const has = (event: string) => happenings.some((one) => one.event === event);
  const meant = [
    ...(desk.voices.value.size > 0 ? ["speaking"] : []),
    ...["hand", "poll"].filter(has),
  ];
  return (
    <p class="legend">
      {meant.map((one) => (
        <span key={one}>
          <i class={`legend-mark is-${one}`} />
          {t(`player-legend-${one}`)}
        </span>
      ))}
    </p>
  );
}

export function chapterAt(desk: PlayerDesk, ms: number): Chapter | null {
  return desk.chapters.value.findLast((one) => one.ms <= ms) ?? null;
}

function Chapters({ desk, length }: { desk: PlayerDesk; length: number }) {
  const now = useComputed(() => chapterAt(desk, desk.playback.ms.value)?.ms ?? -1).value;
  const holes = desk.manifest.value?.holes ?? [];
  const chapters = desk.chapters.value;
  const starts = chapters.map(({ ms }) => toPlay(ms, holes));
  const widths = starts.map((from, at) => Math.max(0, (starts[at + 1] ?? length) - from));
  return (
    <div
      class="timeline-chapters"
      style={{ "grid-template-columns": widths.map((w) => `minmax(0, ${w}fr)`).join(" ") }}
    >
      {chapters.map((chapter) => (
        <button
          key={chapter.ms}
          type="button"
          data-tip={titleOf(desk, chapter)}
          aria-current={chapter.ms === now ? "true" : undefined}
          onClick={() => desk.seek(chapter.ms)}
        >
          {titleOf(desk, chapter)}
        </button>
      ))}
    </div>
  );
}

function Lane({ name, spans }: { name: string; spans: readonly Span[] }) {
  return (
    <>
      <span class="timeline-name">{name}</span>
      <div class="lane" role="img" aria-label={t("player-lane", { name })}>
        {spans.map(([from, to]) => (
          <i key={from} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
        ))}
      </div>
    </>
  );
}

/** Who spoke most, in the order of the people. */
function lanesOf(desk: PlayerDesk): [string, readonly Span[]][] {
  const all = [...desk.voices.value];
  const spoken = ([, spans]: [string, readonly Span[]]) =>
    spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const most = new Set([...all].sort((a, b) => spoken(b) - spoken(a)).slice(0, MOST_LANES));
  return all.filter((one) => most.has(one));
}

function joined(spans: readonly Span[]): Span[] {
  const lane: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = lane.at(-1);
    if (last && from - last[1] < JOINED) last[1] = Math.max(last[1], to);
    else if (to > from) lane.push([from, to]);
  }
  return lane;
}
