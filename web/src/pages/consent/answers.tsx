/** Yes or no to each kind of what is recorded: both of the same size, and none chosen before. */
import type { Answers } from "../../room/recording";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Segmented } from "../../ui/field";
import { Icon, type IconName } from "../../ui/icon";
import type { RecordingKind } from "../../wire/messages";

const SIGNS: Record<RecordingKind, IconName> = {
  voice: "mic",
  camera: "cam",
  screen: "screen",
  chat: "chat",
  ink: "pen",
};

export function signOf(kind: RecordingKind): IconName {
  return SIGNS[kind];
}

interface AnswersProps {
  kinds: readonly RecordingKind[];
  answers: Answers;
  onAnswers(answers: Answers): void;
  /** One answer to all of them: each is one press. Without it there are no buttons for that. */
  onAll?(answers: Answers): void;
}

export function KindAnswers({ kinds, answers, onAnswers, onAll }: AnswersProps) {
  return (
    <div class="consent-answers">
      {onAll && (
        <div class="consent-all">
          <Button look="line" icon="check" onClick={() => onAll(allOf(kinds, true))}>
            {t("recording-yes-all")}
          </Button>
          <Button look="line" icon="close" onClick={() => onAll(allOf(kinds, false))}>
            {t("recording-no-all")}
          </Button>
        </div>
      )}
      {kinds.map((kind) => (
        <div class="consent-kind" key={kind}>
          <Icon name={signOf(kind)} />
          <div class="grow">
            <b>{t(`recording-kind-${kind}`)}</b>
            <small>{t(`recording-kind-${kind}-note`)}</small>
          </div>
          <Segmented<"yes" | "no" | "">
            label={t(`recording-kind-${kind}`)}
            value={wordOf(answers[kind])}
            options={[
              { value: "yes", label: t("recording-yes") },
              { value: "no", label: t("recording-no") },
            ]}
            onPick={(word) => onAnswers({ ...answers, [kind]: word === "yes" })}
          />
        </div>
      ))}
    </div>
  );
}

/** One answer to all of them. */
export function allOf(kinds: readonly RecordingKind[], yes: boolean): Answers {
  return Object.fromEntries(kinds.map((kind) => [kind, yes]));
}

function wordOf(answer: boolean | undefined): "yes" | "no" | "" {
  if (answer === undefined) return "";
  return answer ? "yes" : "no";
}
