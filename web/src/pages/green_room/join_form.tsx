/** The name and the way in: with sound and picture, or only listening. */
import { useEffect, useRef, useState } from "preact/hooks";
import { success } from "../../result";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { type RoomFacts, takeSeat } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { NAME_MAX } from "../../wire/messages";
import { lastName, lastSeat, saveName, saveSeat } from "../../wire/seats";
import { takePrepared } from "../ahead";
import { enterClass } from "../join";
import { verdict } from "./connection";
import { KnownAs, LinkFault, OnlyEnrolled } from "./known_as";
import type { LocalMedia } from "./local_media";
import { Recorded } from "./recorded";
import { useAhead } from "./use_ahead";

interface JoinProps {
  facts: RoomFacts;
  media: LocalMedia;
  onName(name: string): void;
  onFacts(facts: RoomFacts): void;
}

type How = "with" | "without";
type Waiting = How | "devices";

/** A guest who was inside before may still be: the server knows. */
export function isClosedTo(facts: RoomFacts): boolean {
  const { you } = facts;
  const comesIn = you?.enrolled || you?.role === "host" || lastSeat(facts.code) !== null;
  return facts.enrolled_only && !comesIn;
}

export function JoinForm({ facts, media, onName, onFacts }: JoinProps) {
  const [own, setName] = useState(
    () => (!facts.you?.enrolled && facts.you?.name) || lastSeat(facts.code)?.name || lastName(),
  );
  const isKnown = facts.you?.enrolled ?? false;
  const name = isKnown ? (facts.you?.name ?? "") : own;
  const [fault, setFault] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [agrees, setAgrees] = useState(false);
  const [agreeFault, setAgreeFault] = useState<string | null>(null);
  const text = facts.recording.text?.text_id ?? "";
  const chosen = useRef<How | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => onName(name), [name]);
  useAhead(facts, !isClosedTo(facts), name.trim(), text === "" ? "" : agrees ? text : null);

  const join = async (how: How) => {
    const clickedAt = performance.now();
    if (waiting && !(waiting === "devices" && how === "without")) return;
    if (verdict.value === "blocked") return;
    setRefused(null);
    if (name.trim() === "") {
      setFault(t("name-missing"));
      form.current?.querySelector("input")?.focus();
      return;
    }
    if (text !== "" && !agrees) {
      setAgreeFault(t("recording-door-missing"));
      form.current?.querySelector<HTMLElement>(".door-recording input")?.focus();
      return;
    }
    chosen.current = how;
    if (how === "with" && media.isOpening()) {
      // Whoever presses Join wants to be seen and heard: wait for the browser's question, during
      // which "Join and listen" is still there to be pressed.
      setWaiting("devices");
      await media.settled();
      if (chosen.current !== how) return;
    }
    setWaiting(how);
    const agreed = agrees ? text : "";
    const problem = await goIn({ facts, media, how, name: name.trim(), agreed, clickedAt });
    setWaiting(null);
    setRefused(problem);
  };

  if (isClosedTo(facts)) {
    return facts.enrolment_fault ? <LinkFault code={facts.enrolment_fault} /> : <OnlyEnrolled />;
  }
  return (
    <form
      ref={form}
      class="join-form"
      onSubmit={(event) => {
        event.preventDefault();
        void join("with");
      }}
      noValidate
    >
      {facts.enrolment_fault && <LinkFault code={facts.enrolment_fault} />}
      {isKnown ? (
        <KnownAs code={facts.code} name={name} onFacts={onFacts} />
      ) : (
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
      )}
      <Recorded
        recording={facts.recording}
        agrees={agrees}
        onAgrees={(now) => {
          setAgrees(now);
          setAgreeFault(null);
        }}
        fault={agreeFault}
      />
      <FormFault>{refused && refusalText(refused.code, refused.params)}</FormFault>
      <WaysIn
        facts={facts}
        media={media}
        waiting={waiting}
        onWithout={() => void join("without")}
      />
    </form>
  );
}

interface WaysProps {
  facts: RoomFacts;
  media: LocalMedia;
  waiting: Waiting | null;
  onWithout(): void;
}

function WaysIn({ facts, media, waiting, onWithout }: WaysProps) {
  const nothing = media.microphone.value.refusal !== null && media.camera.value.refusal !== null;
  const first = facts.you?.role === "host" && !facts.live;
  const word = nothing ? "join-listen" : first ? "join-start" : "join";
  if (verdict.value === "blocked") {
    return (
      <Button type="submit" look="primary" size="large" wide disabled>
        {t("join-impossible")}
      </Button>
    );
  }
  return (
    <>
      <Button
        type="submit"
        look="primary"
        size="large"
        wide
        waiting={
          (waiting === "with" && t("join-waiting")) ||
          (waiting === "devices" && t("join-waiting-devices"))
        }
      >
        {t(word)}
      </Button>
      {!nothing && (
        <p class="join-without small quiet">
          {t("join-without")}{" "}
          <button type="button" class="text-link" onClick={onWithout}>
            {t(waiting === "without" ? "join-waiting" : "join-listen")}
          </button>
        </p>
      )}
    </>
  );
}

interface Going {
  facts: RoomFacts;
  media: LocalMedia;
  how: How;
  name: string;
  /** The text on recording they agreed to; empty where none is asked. */
  agreed: string;
  clickedAt: number;
}

/** Takes the seat and hands everything over; gives what stood in the way. */
async function goIn(going: Going): Promise<Problem | null> {
  const { facts, media, how, name, agreed, clickedAt } = going;
  const prepared = takePrepared({ code: facts.code, name, agreed });
  const existing = lastSeat(facts.code)?.token;
  const result = prepared
    ? success(prepared.grant)
    : await takeSeat(facts.code, { name, existing, agreed });
  if (!result.ok) return result.error;
  const seat = result.value;
  if (how === "without") media.close();
  const tracks = how === "with" ? media.handOver() : { microphone: null, camera: null };
  if (!facts.you?.enrolled) saveName(name);
  saveSeat(facts.code, {
    token: seat.seat_token,
    participantId: seat.participant_id,
    role: seat.role,
    name,
    microphoneOn: tracks.microphone?.enabled ?? false,
    cameraOn: tracks.camera !== null,
  });
  enterClass({
    code: facts.code,
    title: facts.title,
    seatToken: seat.seat_token,
    participantId: seat.participant_id,
    role: seat.role,
    name,
    ...tracks,
    rtpCapabilities: facts.rtp_capabilities,
    session: prepared?.session ?? null,
    clickedAt,
  });
  return null;
}
