/** A question with its options, what is right, points, time and whether names are kept. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Field, Select, Switch } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import type { Quiz } from "../../../wire/api";
import {
  ANSWER_MAX,
  OPTION_MAX,
  OPTIONS_MAX,
  POINTS_MAX,
  QUESTION_MAX,
  type Question,
  type QuestionKind,
  RIGHT_TEXTS_MAX,
} from "../../../wire/messages";
import type { Desk } from "../desk";
import { emptyQuestion, openPoll } from "./acts";
import { timeText } from "./aids";
import { writing } from "./draft";
import { keepQuestion, quizzes } from "./prepared";
import { Preview } from "./preview";
import { optionsOf, spoken } from "./results";
import { keepOnSlide, slideHere } from "./slide_questions";
import { WhereAsked } from "./where";

const KINDS: readonly QuestionKind[] = ["choice", "yes_no", "scale", "text", "picture"];
const TIMES: readonly number[] = [30, 60, 120, 300];
const OPTIONS_MIN = 2;

export function QuestionEditor({ desk, question }: { desk: Desk; question: Question }) {
  const [sending, setSending] = useState(false);
  const first = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const change = (part: Partial<Question>) => {
    writing.value = { ...question, ...part };
  };
  const submit = async () => {
    setSending(true);
    const taken = await openPoll(desk, question);
    setSending(false);
    if (taken) writing.value = null;
  };
  return (
    <form
      class="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending) void submit();
      }}
    >
      <div class="scroll ask-editor">
        <Select
          label={t("ask-kind")}
          options={KINDS.map((value) => ({ value, label: t(`ask-kind-${value}`) }))}
          value={question.kind}
          onPick={(value) => change(ofKind(question, value))}
        />
        <label class="field">
          <span class="label">{t("ask-question")}</span>
          <textarea
            ref={first}
            class="input"
            rows={2}
            maxLength={QUESTION_MAX}
            aria-describedby="ask-formula-hint"
            value={question.text}
            onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          />
        </label>
        <p class="field-hint" id="ask-formula-hint">
          {t("ask-formula-hint")}
        </p>
        {question.kind === "choice" && <Options question={question} change={change} />}
        {question.kind === "yes_no" && <RightOfTwo question={question} change={change} />}
        {question.kind === "text" && <RightTexts question={question} change={change} />}
        <Terms question={question} change={change} />
        <WhereAsked desk={desk} />
        <Preview question={question} />
      </div>
      <div class="panel-foot ask-foot">
        <Button
          look="line"
          onClick={() => {
            writing.value = null;
          }}
        >
          {t("cancel")}
        </Button>
        <KeepMenu desk={desk} question={question} />
        <Button type="submit" look="primary" class="grow" waiting={sending && t("ask-sending")}>
          {t("ask-now")}
        </Button>
      </div>
    </form>
  );
}

/** Into a quiz that is there, or a new one. */
function KeepMenu({ desk, question }: { desk: Desk; question: Question }) {
  const keep = async (quiz: Quiz | null) => {
    if (await keepQuestion(desk, question, quiz)) writing.value = null;
  };
  const items = (quizzes.value ?? []).map((quiz) => ({
    label: quiz.title,
    run: () => void keep(quiz),
  }));
  const fresh = { label: t("ask-quiz-new"), icon: "plus" as const, run: () => void keep(null) };
  const here = slideHere(desk);
  const keepHere = async () => {
    if (here && (await keepOnSlide(desk, here, question))) writing.value = null;
  };
  const slide = here?.mayChange
    ? [{ label: t("ask-keep-slide"), icon: "slides" as const, run: () => void keepHere() }]
    : [];
  return (
    <Menu
      label={t("ask-keep")}
      items={[...slide, ...items, fresh]}
      class="btn btn-line"
      side="above"
    >
      <span>{t("ask-keep")}</span>
    </Menu>
  );
}

/** What another kind cannot have is taken out; what it can have stays. */
function ofKind(question: Question, value: string): Question {
  const kind = KINDS.find((one) => one === value) ?? "choice";
  const { text, points, seconds } = question;
  const is_anonymous = question.is_anonymous && kind !== "picture";
  return { ...emptyQuestion(kind, 4), text, points, is_anonymous, seconds };
}

interface PartProps {
  question: Question;
  change(part: Partial<Question>): void;
}

function Options({ question, change }: PartProps) {
  const { options, right } = question;
  const names = optionsOf({ kind: "choice", options: options.map(() => "") });
  return (
    <fieldset class="ask-options">
      <legend class="label">{t("ask-options")}</legend>
      {names.map(({ mark }, index) => (
        <div class="ask-option" key={mark}>
          <RightMark
            label={t("ask-mark-right", { option: mark })}
            mark={mark}
            checked={right.includes(index)}
            onChange={(on) => change({ right: marked(right, index, on) })}
          />
          <input
            class="input"
            maxLength={OPTION_MAX}
            value={options[index] ?? ""}
            aria-label={t("ask-option-text", { option: mark })}
            placeholder={t("ask-option-placeholder")}
            onInput={({ currentTarget }) =>
              change({ options: options.map((o, at) => (at === index ? currentTarget.value : o)) })
            }
          />
          {options.length > OPTIONS_MIN && (
            <IconButton
              label={t("ask-remove-option", { option: mark })}
              icon="close"
              onClick={() => change(without(question, index))}
            />
          )}
        </div>
      ))}
      <p class="field-hint">{t("ask-right-hint")}</p>
      {options.length < OPTIONS_MAX && (
        <Button look="quiet" icon="plus" onClick={() => change({ options: [...options, ""] })}>
          {t("ask-add-option")}
        </Button>
      )}
      <Switch
        label={t("ask-multiple")}
        checked={question.is_multiple}
        onChange={(is_multiple) => change({ is_multiple })}
      />
    </fieldset>
  );
}

function marked(right: readonly number[], index: number, on: boolean): number[] {
  const rest = right.filter((one) => one !== index);
  return on ? [...rest, index].sort((a, b) => a - b) : rest;
}

function without(question: Question, index: number): Partial<Question> {
  return {
    options: question.options.filter((_, at) => at !== index),
    right: question.right.filter((one) => one !== index).map((at) => (at > index ? at - 1 : at)),
  };
}

function RightMark(props: {
  label: string;
  mark: string;
  checked: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <button
      type="button"
      class="ask-mark"
      aria-label={props.label}
      aria-pressed={props.checked}
      data-tip={props.label}
      onClick={() => props.onChange(!props.checked)}
    >
      {props.mark}
      {props.checked && <Icon name="check" />}
    </button>
  );
}

function RightOfTwo({ question, change }: PartProps) {
  const names = optionsOf({ kind: "yes_no", options: [] }).map(spoken);
  return (
    <Select
      label={t("ask-right-one")}
      options={[
        { value: "", label: t("ask-right-none") },
        ...names.map((label, index) => ({ value: String(index), label })),
      ]}
      value={question.right[0] === undefined ? "" : String(question.right[0])}
      onPick={(value) => change({ right: value === "" ? [] : [Number(value)] })}
    />
  );
}

function RightTexts({ question, change }: PartProps) {
  return (
    <label class="field">
      <span class="label">{t("ask-right-typed")}</span>
      <textarea
        class="input"
        rows={2}
        maxLength={ANSWER_MAX * RIGHT_TEXTS_MAX}
        value={question.right_texts.join("\n")}
        onInput={({ currentTarget }) => {
          const lines = currentTarget.value.split("\n").slice(0, RIGHT_TEXTS_MAX);
          change({ right_texts: lines.map((line) => line.slice(0, ANSWER_MAX)) });
        }}
      />
      <span class="field-hint">{t("ask-right-typed-hint")}</span>
    </label>
  );
}

function Terms({ question, change }: PartProps) {
  return (
    <>
      {question.kind !== "scale" && question.kind !== "picture" && (
        <Field
          label={t("ask-points")}
          inputMode="numeric"
          value={String(question.points)}
          onValue={(value) => change({ points: pointsOf(value) })}
        />
      )}
      <Select
        label={t("ask-time")}
        options={[
          { value: "", label: t("ask-time-open") },
          ...TIMES.map((seconds) => ({ value: String(seconds), label: timeText(seconds) })),
        ]}
        value={question.seconds === null ? "" : String(question.seconds)}
        onPick={(value) => change({ seconds: value === "" ? null : Number(value) })}
      />
      {question.kind !== "picture" && (
        <Switch
          label={t("ask-anonymous")}
          checked={question.is_anonymous}
          onChange={(is_anonymous) => change({ is_anonymous })}
        />
      )}
    </>
  );
}

/** Only digits count; what is no number is none. */
function pointsOf(value: string): number {
  return Math.min(POINTS_MAX, Number(value.replace(/\D/gu, "")));
}
