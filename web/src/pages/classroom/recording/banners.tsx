/** What staff needs to know of a recording now: how many agreed, and that it ended by itself. */
import { useState } from "preact/hooks";
import { countsOf } from "../../../room/recording";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Banner } from "../banner";
import type { Desk } from "../desk";
import { begin, mayRecord, stop } from "./acts";
import { useConsents } from "./answers_dialog";

export function RecordingBanners({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const isEnded = facts.phase === "off" && facts.why !== "";
  return (
    <>
      {mayRecord(desk) && isEnded && <EndedBanner desk={desk} />}
      {desk.session.recorded.value !== "" && <ReadyBanner desk={desk} />}
      {mayRecord(desk) && facts.phase === "asking" && (
        <AskingBanner key={facts.recording_id} desk={desk} />
      )}
    </>
  );
}

function ReadyBanner({ desk }: { desk: Desk }) {
  const close = () => {
    desk.session.recorded.value = "";
  };
  return (
    <Banner look="accent" icon="record" title={t("recording-say-ready")}>
      <a
        class="btn btn-primary btn-sm"
        href={desk.session.recorded.value}
        target="_blank"
        rel="noopener"
        onClick={close}
      >
        <span>{t("recording-watch")}</span>
      </a>
      <IconButton label={t("close")} icon="close" onClick={close} />
    </Banner>
  );
}

/** Answers as they come in; it can be started at any time. */
function AskingBanner({ desk }: { desk: Desk }) {
  const [busy, setBusy] = useState(false);
  const { facts } = desk.room.value.recording;
  const { people } = useConsents(desk);
  const counts = countsOf(facts, people?.map((one) => one.answers) ?? []);
  const start = async () => {
    setBusy(true);
    await begin(desk);
    setBusy(false);
  };
  return (
    <Banner
      look="plain"
      icon="record"
      class="recording-asks"
      title={t("recording-card-counts", { ...counts })}
      text={t(counts.open === 0 ? "recording-card-all" : "recording-card-note")}
    >
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          desk.overlay.value = "answers";
        }}
      >
        {t("recording-answers")}
      </Button>
      <Button look="line" size="small" onClick={() => void stop(desk)}>
        {t("recording-cancel")}
      </Button>
      <Button
        look="primary"
        size="small"
        icon="record"
        waiting={busy && t("recording-starting")}
        onClick={() => void start()}
      >
        {t("recording-start")}
      </Button>
    </Banner>
  );
}

/** Loud, since nobody pressed anything; it stays until it is closed or recording begins anew. */
function EndedBanner({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  if (desk.endingRead.value === facts.recording_id) return null;
  return (
    <Banner
      look="danger"
      icon="warn"
      title={`${t(`recording-banner-${facts.why}`)}${t("room-full-stop")}`}
      text={t(`recording-banner-${facts.why}-note`)}
    >
      <Button
        look="line"
        size="small"
        onClick={() => {
          desk.overlay.value = "record";
        }}
      >
        {t("recording-again")}
      </Button>
      <IconButton
        label={t("close")}
        icon="close"
        onClick={() => {
          desk.endingRead.value = facts.recording_id;
        }}
      />
    </Banner>
  );
}
