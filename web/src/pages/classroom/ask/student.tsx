/** A student's side: the question that waits, what one has answered, and what is shown of it. */
import type { TargetedKeyboardEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { type Asked, askedOf } from "../../../room/ask";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { ANSWER_MAX, type Poll } from "../../../wire/messages";
import { Worded } from "../chat/worded";
import type { Desk } from "../desk";
import { answerPoll } from "./acts";
import { Bars, TypedAnswers } from "./bars";
import { draftOf, keepDraft } from "./draft";
import { OwnPicture, Picturing } from "./picturing";
import { Preview } from "./preview";
import { answerText, isChosen, optionsOf, spoken, titleOf } from "./results";
import { TimeLeft } from "./time_left";

export function StudentQuestions({ desk }: { desk: Desk }) {
  const asked = askedOf(desk.room.value.ask);
  const last = asked.at(-1);
  const current = last && (last.poll.is_open || last.poll.result || last.own) ? last : null;
  const earlier = asked.filter((one) => one !== current && one.poll.result).reverse();
  return (
    <div
      class="scroll ask"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable.
      tabIndex={0}
    >
      {!current && earlier.length === 0 && <p class="ask-none">{t("ask-none-student")}</p>}
      {current && <QuestionCard key={current.poll.id} desk={desk} asked={current} />}
      {earlier.length > 0 && <h3 class="ask-sect">{t("ask-earlier")}</h3>}
      {earlier.map((one) => (
        <QuestionCard key={one.poll.id} desk={desk} asked={one} />
      ))}
    </div>
  );
}

export function QuestionCard({ desk, asked }: { desk: Desk; asked: Asked }) {
  const { poll, own } = asked;
  const waits = poll.is_open && !own;
  const ref = useRef<HTMLElement>(null);
  return (
    <section ref={ref} class="poll" aria-label={titleOf(poll)} tabIndex={-1}>
      <div class="poll-head">
        <TimeLeft desk={desk} poll={poll} />
        <span class="small quiet">{t(stateKey(asked))}</span>
      </div>
      <p class="poll-q">
        <Worded text={titleOf(poll)} />
      </p>
      {waits ? (
        <Answering desk={desk} poll={poll} onTaken={() => ref.current?.focus()} />
      ) : (
        <Answered desk={desk} asked={asked} />
      )}
      {poll.is_anonymous && <p class="small quiet">{t("ask-anonymous-note")}</p>}
    </section>
  );
}

function stateKey({ poll, own }: Asked): string {
  if (poll.result) return "ask-shown";
  if (own) return "ask-sent";
  return poll.is_open ? "ask-your-turn" : "ask-closed";
}

function Answered({ desk, asked: { poll, own } }: { desk: Desk; asked: Asked }) {
  const given = own && poll.kind !== "picture" ? answerText(poll, own) : "";
  const { result } = poll;
  return (
    <>
      {own && (
        <p class="poll-given" role="status">
          <Icon name="check" />
          <span>
            <Worded
              text={given ? t("ask-your-answer", { answer: given }) : t("ask-answer-taken")}
            />
          </span>
        </p>
      )}
      {own?.file_id && <OwnPicture desk={desk} id={own.file_id} />}
      {result && isChosen(poll) && (
        <Bars
          poll={poll}
          counts={result.counts}
          answered={result.answered}
          right={result.right}
          own={own?.choices ?? []}
        />
      )}
      {result && poll.kind === "text" && <TypedAnswers texts={result.texts} />}
      {result?.right_texts && result.right_texts.length > 0 && (
        <p class="poll-given is-right">
          <Icon name="check" />
          <span>
            <Worded text={t("ask-right-texts", { answers: result.right_texts.join("; ") })} />
          </span>
        </p>
      )}
    </>
  );
}

interface Waiting {
  desk: Desk;
  poll: Poll;
  /** What was pressed is gone then; the card keeps the focus. */
  onTaken(): void;
}

function Answering({ desk, poll, onTaken }: Waiting) {
  const [sending, setSending] = useState(false);
  const send = async (given: { choices?: number[]; text?: string; file_id?: string }) => {
    if (sending) return false;
    setSending(true);
    const taken = await answerPoll(desk, poll.id, given);
    setSending(false);
    if (taken) onTaken();
    return taken;
  };
  if (poll.kind === "text") return <Typing poll={poll} sending={sending} send={send} />;
  if (poll.kind === "picture") {
    return <Picturing desk={desk} poll={poll} sending={sending} send={send} />;
  }
  return <Choosing poll={poll} sending={sending} send={send} />;
}

interface AnsweringProps {
  poll: Poll;
  sending: boolean;
  send(given: { choices?: number[]; text?: string }): Promise<boolean>;
}

function Typing({ poll, sending, send }: AnsweringProps) {
  const { text } = draftOf(poll.id);
  return (
    <form
      class="poll-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void send({ text: text.trim() });
      }}
    >
      <textarea
        class="input"
        rows={2}
        maxLength={ANSWER_MAX}
        value={text}
        aria-label={t("ask-type-answer")}
        placeholder={t("ask-type-answer")}
        onInput={({ currentTarget }) =>
          keepDraft(poll.id, { choices: [], text: currentTarget.value })
        }
      />
      <Preview question={{ kind: "text", text, options: [] }} />
      <Button
        type="submit"
        look="primary"
        disabled={text.trim() === ""}
        waiting={sending && t("ask-sending")}
      >
        {t("ask-send")}
      </Button>
    </form>
  );
}

function Choosing({ poll, sending, send }: AnsweringProps) {
  const options = optionsOf(poll);
  const { choices } = draftOf(poll.id);
  const press = (index: number) => {
    if (!poll.is_multiple) return void send({ choices: [index] });
    const rest = choices.filter((one) => one !== index);
    keepDraft(poll.id, {
      choices: rest.length < choices.length ? rest : [...rest, index],
      text: "",
    });
  };
  const onKey = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const index = Number(event.key) - 1;
    if (event.ctrlKey || event.metaKey || event.altKey || !(index in options)) return;
    event.preventDefault();
    press(index);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the number keys reach its buttons sooner.
    <div class="poll-form" onKeyDown={onKey}>
      {poll.is_multiple && <p class="small quiet">{t("ask-several")}</p>}
      <div class="poll-options">
        {options.map((option, index) => (
          <button
            key={spoken(option) || index}
            type="button"
            class="poll-option"
            aria-pressed={poll.is_multiple ? choices.includes(index) : undefined}
            disabled={sending}
            onClick={() => press(index)}
          >
            {option.mark && <span class="poll-mark">{option.mark}</span>}
            <span class="poll-words">
              <Worded text={option.words} plain />
            </span>
            {choices.includes(index) && <Icon name="check" />}
          </button>
        ))}
      </div>
      {poll.is_multiple && (
        <Button
          look="primary"
          disabled={choices.length === 0}
          waiting={sending && t("ask-sending")}
          onClick={() => void send({ choices: [...choices].sort() })}
        >
          {t("ask-send")}
        </Button>
      )}
    </div>
  );
}
