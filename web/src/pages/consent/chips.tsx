/** Several of the kinds of what is recorded, each a press. */
import { RECORDING_KINDS } from "../../room/recording";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import type { RecordingKind } from "../../wire/messages";
import { signOf } from "./answers";

interface ChipsProps {
  legend: string;
  /** Those there are to choose from. */
  offered: readonly RecordingKind[];
  kinds: readonly RecordingKind[];
  fault: string | undefined;
  onKinds(kinds: readonly RecordingKind[]): void;
}

export function KindChips({ legend, offered, kinds, fault, onKinds }: ChipsProps) {
  const turn = (kind: RecordingKind) =>
    onKinds(RECORDING_KINDS.filter((one) => (one === kind) !== kinds.includes(one)));
  return (
    <fieldset class="chips">
      <legend>{legend}</legend>
      {RECORDING_KINDS.filter((kind) => offered.includes(kind)).map((kind) => (
        <label key={kind} class="chip">
          <input
            type="checkbox"
            class="vh"
            checked={kinds.includes(kind)}
            onChange={() => turn(kind)}
          />
          <span>
            <Icon name={kinds.includes(kind) ? "check" : signOf(kind)} />
            {t(`recording-kind-${kind}`)}
          </span>
        </label>
      ))}
      {fault && <p class="field-fault">{fault}</p>}
    </fieldset>
  );
}
