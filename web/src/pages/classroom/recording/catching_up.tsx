/** Watching what was missed while the class goes on behind it, quieter. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { CatchUp } from "../../player/catch_up";
import type { Desk } from "../desk";
import { explain } from "../explain";

/** What the class is heard at meanwhile, of 1. */
const BEHIND = 0.2;

const layer = signal<typeof CatchUp | null>(null);

/** Takes a session for it; it is asked for when it is wanted, with the player and its board. */
export async function catchUp(desk: Desk): Promise<void> {
  if (!layer.value && !(await fetchLayer())) return toast(refusalText("network.offline"));
  const answer = await desk.session.wire.request("recording.catch_up", {});
  if (explain(answer) && answer.ok) desk.catchingUp.value = answer.value.session;
}

async function fetchLayer(): Promise<boolean> {
  try {
    const part = await import("../../player/catch_up");
    layer.value = part.CatchUp;
    return true;
  } catch {
    return false;
  }
}

export function CatchingUp({ desk }: { desk: Desk }) {
  const session = desk.catchingUp.value;
  const { recording_id } = desk.room.value.recording.facts;
  const isOpen = session !== "";
  useEffect(() => {
    if (!isOpen) return;
    const { playback } = desk.session.call;
    playback.setVolume(BEHIND);
    return () => playback.setVolume(1);
  }, [isOpen]);
  const Layer = layer.value;
  if (!isOpen || !Layer) return null;
  return (
    <Layer
      session={session}
      id={recording_id}
      title={desk.room.value.title}
      onOver={() => void catchUp(desk)}
      onLive={() => {
        desk.catchingUp.value = "";
        toast(t("recording-back-live"));
      }}
    />
  );
}
