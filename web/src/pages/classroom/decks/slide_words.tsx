/** The words of the slide on the stage, for who cannot see its picture. */
import type { BoardView } from "../../../board/view_types";
import { language, t } from "../../../text/text";
import type { Desk } from "../desk";
import { languageOf } from "./reading";
import { useWords } from "./words_here";

export function SlideWords({ desk, view }: { desk: Desk; view: BoardView }) {
  const words = useWords(desk, view);
  if (!words) return null;
  return (
    <section class="vh" aria-label={t("present-words")} lang={languageOf(words, language.value)}>
      {words.split(/\n+/u).map((line, at) => (
        <p key={at}>{line}</p>
      ))}
    </section>
  );
}
