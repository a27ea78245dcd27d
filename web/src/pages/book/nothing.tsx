/** One page for every address of these that leads nowhere: wrong, old, guessed, erased. */
import { t } from "../../text/text";
import { Empty } from "../../ui/mark";
import { BookFrame } from "./frame";

export function Nothing() {
  return (
    <BookFrame title={t("book-nothing-title")}>
      <div class="card">
        <Empty title={t("book-nothing-title")} text={t("book-nothing-text")} />
      </div>
    </BookFrame>
  );
}
