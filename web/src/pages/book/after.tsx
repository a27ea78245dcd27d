/** After the appointment: what was said, files, a rating, and the next one. */
import { useState } from "preact/hooks";
import { among } from "../../text/among";
import { sizeOf } from "../../text/figures";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { announce } from "../../ui/live";
import { rate, type Whose } from "../../wire/book_calls";
import type { Mine } from "../../wire/booking";

interface Props {
  mine: Mine;
  whose: Whose;
  onSeen(mine: Mine): void;
}

export function After({ mine, whose, onSeen }: Props) {
  const { organisation, host, offer } = mine;
  const again = `/b/${organisation.slug}/${host.slug}${offer ? `/${offer.id}` : ""}`;
  return (
    <>
      {mine.summary && (
        <section class="mine-part">
          <h3>{t("mine-summary")}</h3>
          <p class="mine-text">{mine.summary}</p>
        </section>
      )}
      {mine.files.length > 0 && (
        <section class="mine-part">
          <h3>{t("mine-files")}</h3>
          <ul class="rows">
            {mine.files.map((file) => (
              <li key={file.id}>
                <Icon name="document" />
                <a class="grow" href={`/api/mine/bookings/${mine.id}/files/${file.id}`} download>
                  {file.name}
                </a>
                <span class="quiet num">{sizeOf(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(mine.may.rate || mine.stars !== null) && (
        <Rating mine={mine} whose={whose} onSeen={onSeen} />
      )}
      <div class="mine-acts">
        <ButtonLink look={mine.may.rate ? "line" : "primary"} icon="calendar" href={again}>
          {t("mine-again")}
        </ButtonLink>
      </div>
    </>
  );
}

const STARS = [1, 2, 3, 4, 5];
const COMMENT_MAX = 1000;

/** Real radio buttons below the stars, so arrow keys work by themselves. */
function Rating({ mine, whose, onSeen }: Props) {
  const [stars, setStars] = useState(mine.stars ?? 0);
  const [comment, setComment] = useState("");
  const [mayShow, setMayShow] = useState(false);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const isDone = mine.stars !== null;
  const send = async () => {
    setSending(true);
    const answer = await rate(whose, { stars, comment: comment.trim(), may_show: mayShow });
    setSending(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    onSeen(answer.value);
    announce(t("mine-rated"));
  };
  return (
    <section class="mine-part">
      <fieldset class="rating" disabled={isDone}>
        <legend>
          {isDone ? t("mine-rated") : t("mine-rate-title", { name: among(mine.host.name) })}
        </legend>
        <div class="rating-stars">
          {STARS.map((one) => (
            <label key={one} class={one <= stars ? "is-lit" : undefined}>
              <input
                class="vh"
                type="radio"
                name="stars"
                checked={one === stars}
                onChange={() => setStars(one)}
              />
              <Icon name="star" />
              <span class="vh">{t("mine-stars", { count: one })}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {!isDone && stars > 0 && (
        <div class="book-form">
          <div class="field">
            <label for="rating-comment">
              {t("book-optional", { label: t("mine-rate-comment") })}
            </label>
            <textarea
              id="rating-comment"
              class="input"
              maxLength={COMMENT_MAX}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          </div>
          <label class="check-row">
            <input
              type="checkbox"
              checked={mayShow}
              onChange={(event) => setMayShow(event.currentTarget.checked)}
            />
            <span>{t("mine-rate-show")}</span>
          </label>
          <FormFault>{fault}</FormFault>
          <div class="book-acts">
            <Button
              look="primary"
              waiting={sending && t("book-sending")}
              onClick={() => void send()}
            >
              {t("mine-rate-send")}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
