/** A lesson drawn from the tokens: a slide on the mat, a hand's line on it, faces in the strip. */
import { t } from "../../text/text";
import { initialsOf, tintOf } from "../../ui/avatar";

const PEOPLE = ["Amara Okafor", "林悦", "Tomás Herrera"] as const;

/** The inscribed angle: A, B on the circle, C above, O in the middle. */
export function Slide() {
  return (
    <svg class="slide" viewBox="0 0 320 180" aria-hidden="true">
      <rect class="slide-paper" width="320" height="180" rx="6" />
      <g class="slide-words">
        <rect x="24" y="28" width="92" height="9" rx="4.5" />
        <rect x="24" y="44" width="64" height="9" rx="4.5" />
        <rect class="is-faint" x="24" y="72" width="104" height="5" rx="2.5" />
        <rect class="is-faint" x="24" y="84" width="88" height="5" rx="2.5" />
        <rect class="is-faint" x="24" y="96" width="98" height="5" rx="2.5" />
      </g>
      <g class="slide-lines">
        <circle cx="222" cy="92" r="64" />
        <path d="M205 30.300 165 121.600M205 30.300 279 121.600" />
        <path class="is-faint" d="M165 121.600 222 92l57 29.600" />
      </g>
      <g class="slide-dots">
        <circle cx="205" cy="30.300" r="3" />
        <circle cx="165" cy="121.600" r="3" />
        <circle cx="279" cy="121.600" r="3" />
        <circle cx="222" cy="92" r="3" />
      </g>
      <path class="slide-ink" d="M194.500 53.500c7 5.500 18 5.500 27-3" />
      <path class="slide-pen" d="M24 136c10-14 17-14 18-5s10 7 15-2 11-9 15 1 13 5 20-5" />
    </svg>
  );
}

export function LessonPicture() {
  return (
    <div class="lesson-picture" role="img" aria-label={t("home-picture")}>
      <div class="lesson-stage">
        <Slide />
      </div>
      <div class="lesson-strip">
        {PEOPLE.map((name, at) => (
          <div
            key={name}
            class={at === 0 ? "lesson-tile is-speaking" : "lesson-tile"}
            style={{ "--tint": tintOf(name), "--av": "52px" }}
          >
            <span class="avatar">{initialsOf(name)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
