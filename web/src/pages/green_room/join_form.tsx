/** The name and the way in: with sound and picture, or only listening. */
import { useEffect, useRef, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { type RoomFacts, takeSeat } from "../../wire/api";
import { NAME_MAX } from "../../wire/messages";
import { lastName, lastSeat, saveName, saveSeat } from "../../wire/seats";
import { enterClass } from "../join";
import { verdict } from "./connection";
import type { LocalMedia } from "./local_media";

interface JoinProps {
  facts: RoomFacts;
  media: LocalMedia;
  onName(name: string): void;
}

/** Of the devices, or of the server: for coming in with sound and picture, or without. */
type Waiting = "devices" | "with" | "without" | null;

export function JoinForm({ facts, media, onName }: JoinProps) {
  const [name, setName] = useState(
    () => facts.you?.name || lastSeat(facts.code)?.name || lastName(),
  );
  const [fault, setFault] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [waiting, setWaiting] = useState<Waiting>(null);
  const without = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => onName(name), [name]);

  const join = async (how: "with" | "without") => {
    const clickedAt = performance.now();
    setRefused(null);
    if (name.trim() === "") {
      setFault(t("name-missing"));
      form.current?.querySelector("input")?.focus();
      return;
    }
    if (how === "with" && (media.microphone.value.opening || media.camera.value.opening)) {
      // Whoever presses Join wants to be seen and heard: wait for the browser's question.
      setWaiting("devices");
      await media.settled();
      if (without.current) return;
    }
    without.current = how === "without";
    setWaiting(how);
    const result = await takeSeat(facts.code, name.trim(), lastSeat(facts.code)?.token);
    setWaiting(null);
    if (!result.ok) return setRefused(refusalText(result.error.code, result.error.params));
    const seat = result.value;
    if (how === "without") media.close();
    const tracks = how === "with" ? media.handOver() : { microphone: null, camera: null };
    saveName(name.trim());
    saveSeat(facts.code, {
      token: seat.seat_token,
      participantId: seat.participant_id,
      role: seat.role,
      name: name.trim(),
      microphoneOn: tracks.microphone?.enabled ?? false,
      cameraOn: tracks.camera !== null,
    });
    enterClass({
      code: facts.code,
      title: facts.title,
      seatToken: seat.seat_token,
      participantId: seat.participant_id,
      role: seat.role,
      name: name.trim(),
      ...tracks,
      rtpCapabilities: facts.rtp_capabilities,
      clickedAt,
    });
  };
  const listen = () => {
    if (waiting === null || waiting === "devices") void join("without");
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!waiting && verdict.value !== "blocked") void join("with");
  };

  const microphone = media.microphone.value;
  const camera = media.camera.value;
  const nothing = microphone.refusal !== null && camera.refusal !== null;
  const start = facts.you?.role === "host" && !facts.live;
  const word = nothing ? "join-listen" : start ? "join-start" : "join";
  return (
    <form ref={form} class="join-form" onSubmit={submit} noValidate>
      <Field
        label={t("name-label")}
        value={name}
        onValue={(value) => {
          setName(value);
          setFault(null);
        }}
        fault={fault}
        autocomplete="name"
        maxLength={NAME_MAX}
        spellcheck={false}
      />
      <FormFault>{refused}</FormFault>
      <Button
        type="submit"
        look="primary"
        size="large"
        wide
        disabled={verdict.value === "blocked"}
        waiting={
          (waiting === "with" && t("join-waiting")) ||
          (waiting === "devices" && t("join-waiting-devices"))
        }
      >
        {verdict.value === "blocked" ? t("join-impossible") : t(word)}
      </Button>
      {!nothing && verdict.value !== "blocked" && (
        <p class="join-without small quiet">
          {t("join-without")}{" "}
          <button type="button" class="text-link" onClick={listen}>
            {waiting === "without" ? t("join-waiting") : t("join-listen")}
          </button>
        </p>
      )}
    </form>
  );
}
