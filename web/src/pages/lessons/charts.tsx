/** The pictures of a report. Every number in them stands in its table too, so they are not read. */
import { timeOf } from "../../text/dates";
import { t } from "../../text/text";
import type { PersonReport, QuestionReport, Report, Time } from "../../wire/lessons";
import { Worded } from "../classroom/chat/worded";
import { lengthText, momentOf, percentOf, placeOn, ticksOf } from "./figures";

const WIDTH = 1000;
const HEIGHT = 18;
const TICKS_MAX = 6;
const LEAST = 3;
/** A word of a second would not be seen on a line of an hour. */

export function PresenceChart({ report }: { report: Report }) {
  const { people, length_ms: length } = report;
  const ticks = ticksOf(length, TICKS_MAX);
  return (
    <div class="presence" aria-hidden="true">
      <div class="presence-row presence-head">
        <span />
        <div class="presence-axis num">
          {ticks.map((ms) => (
            <span key={ms}>{timeOf(momentOf(report.lesson.started_at, ms))}</span>
          ))}
        </div>
        <span class="presence-number">{t("report-spoke")}</span>
        <span class="presence-number presence-hands">{t("report-hands")}</span>
      </div>
      {people.map((one) => (
        <PresenceRow key={one.participant_id} one={one} length={length} />
      ))}
      <div class="presence-legend">
        <span class="is-present">{t("report-legend-present")}</span>
        <span class="is-speaking">{t("report-legend-speaking")}</span>
        <span class="is-trouble">{t("report-legend-trouble")}</span>
      </div>
    </div>
  );
}

function PresenceRow({ one, length }: { one: PersonReport; length: number }) {
  return (
    <div class="presence-row">
      <span class="presence-name">
        <span class="ell">{one.name}</span>
        {one.role === "observer" && <span class="quiet">{t("report-role-observer")}</span>}
      </span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <Lane times={one.stays} length={length} class="is-present" y={0} height={HEIGHT} />
        <Lane times={one.spoke} length={length} class="is-speaking" y={4} height={10} />
        <Lane times={one.trouble} length={length} class="is-trouble" y={HEIGHT - 3} height={4} />
      </svg>
      <span class="presence-number">{lengthText(one.spoke_ms)}</span>
      <span class="presence-number presence-hands quiet">{one.hands || "–"}</span>
    </div>
  );
}

interface LaneProps {
  times: readonly Time[];
  length: number;
  class: string;
  y: number;
  height: number;
}

function Lane({ times, length, class: look, y, height }: LaneProps) {
  return (
    <g class={look}>
      {times.map((time) => (
        <rect
          key={time.from_ms}
          {...placeOn(time, length, WIDTH, LEAST)}
          y={y}
          height={height}
          rx={2}
        />
      ))}
    </g>
  );
}

/** How many answered each question; and how many of them right, when it has a right answer. */
export function QuestionBars({ questions }: { questions: readonly QuestionReport[] }) {
  return (
    <ol class="question-bars">
      {questions.map((one) => (
        <li key={one.poll_id}>
          <div class="question-head">
            <span class="ell">
              <Worded text={one.text || t("report-question-unnamed")} />
            </span>
            <b class="num">{shareOf(one)}</b>
          </div>
          <Bar one={one} />
          <p class="small quiet num">{sayOf(one)}</p>
        </li>
      ))}
    </ol>
  );
}

function Bar({ one }: { one: QuestionReport }) {
  const isRated = one.right !== null;
  const share = percentOf(one.right ?? one.answered, isRated ? one.answered : one.asked) ?? 0;
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width={100} height={8} />
      <rect class={isRated ? "bar-right" : "bar-answered"} width={share} height={8} />
    </svg>
  );
}

function shareOf(one: QuestionReport): string {
  if (one.right === null) return "";
  const share = percentOf(one.right, one.answered);
  return share === null ? "–" : t("report-percent", { share });
}

function sayOf(one: QuestionReport): string {
  const { answered, asked, right } = one;
  if (right === null) return t("report-answered", { answered, asked });
  return t("report-answered-right", { answered, asked, right });
}
