/** Sound and films where they stand: fetched when somebody presses play, and not before. */
import { useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import type { FileCard } from "../../../wire/messages";
import type { Desk } from "../desk";
import { explain } from "../explain";

export function Player(props: { desk: Desk; file: FileCard; kind: "audio" | "video" }) {
  const { desk, file, kind } = props;
  const [address, setAddress] = useState<string | null>(null);
  const [state, setState] = useState<"still" | "coming" | "failed">("still");
  const start = async () => {
    setState("coming");
    const found = await desk.session.files.player(file.id);
    if (explain(found) && found.ok) setAddress(found.value);
    setState("still");
  };
  if (address) {
    const Kind = kind;
    return (
      <Kind
        class="file-player"
        src={address}
        controls
        autoplay
        aria-label={file.name}
        onError={() => {
          // Its address may be worth nothing any more: the next press asks for another one.
          setAddress(null);
          setState("failed");
        }}
      />
    );
  }
  const failed = state === "failed";
  return (
    <>
      {failed && <p class="small quiet">{t("files-not-played")}</p>}
      <Button
        look="line"
        size="small"
        icon={failed ? "again" : "play"}
        waiting={state === "coming" && t("files-coming")}
        onClick={() => void start()}
      >
        {t(failed ? "again" : "files-play")}
      </Button>
    </>
  );
}
