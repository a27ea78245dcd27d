/** What is said of recording before the door: that it goes on, or that who comes in agrees. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { LongText } from "../../ui/long_text";
import { type DoorRecording, readRoom } from "../../wire/api";

interface RecordedProps {
  recording: DoorRecording;
  /** Whether the box is ticked; only where it must be. */
  agrees: boolean;
  onAgrees(agrees: boolean): void;
  fault: string | null;
}

export function Recorded({ recording, agrees, onAgrees, fault }: RecordedProps) {
  const { policy, is_on, agreed, text } = recording;
  if (policy === "required" && agreed) return <Line text={t("recording-door-enrolled")} />;
  if (!text) return is_on ? <GoesOn /> : null;
  return (
    <section class="door-recording" aria-label={t("recording-door-title")}>
      <p>
        <Icon name="record" />
        <span>
          <b>
            {t("recording-door-title")}
            {t("room-full-stop")}
          </b>{" "}
          {t("recording-door-note")}
        </span>
      </p>
      <LongText text={text.text} locale={text.locale} label={t("recording-asked-text")} />
      <label class="switch-row">
        <input
          type="checkbox"
          class="check"
          checked={agrees}
          aria-describedby={fault ? "door-agree-fault" : undefined}
          aria-invalid={fault ? true : undefined}
          onChange={(event) => onAgrees(event.currentTarget.checked)}
        />
        <span>{t("recording-door-agree")}</span>
      </label>
      {fault && (
        <p class="field-fault" id="door-agree-fault">
          <Icon name="warn" />
          <span>{fault}</span>
        </p>
      )}
      <ButtonLink look="line" href="/">
        {t("recording-door-leave")}
      </ButtonLink>
    </section>
  );
}

function GoesOn() {
  return <Line text={`${t("recording-door-live")}. ${t("recording-door-live-note")}`} />;
}

function Line({ text }: { text: string }) {
  return (
    <p class="door-recorded small" role="status">
      <Icon name="record" />
      <span>{text}</span>
    </p>
  );
}

const PERIOD_MS = 5_000;

/** The same for who waits to be let in. */
export function RecordedWhileWaiting({ code }: { code: string }) {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = async () => {
      const facts = await readRoom(code);
      if (facts.ok) setOn(facts.value.recording.is_on);
    };
    void look();
    const timer = setInterval(() => void look(), PERIOD_MS);
    return () => clearInterval(timer);
  }, [code]);
  return isOn ? <GoesOn /> : null;
}
