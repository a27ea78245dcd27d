/** Hours of one offer, instead of the weekly ones of whom it is with. */
import { useRef } from "preact/hooks";
import { t } from "../../text/text";
import { FormFault, Switch } from "../../ui/field";
import { type Hours, readHours } from "../../wire/hours";
import { Weekly } from "../hours/weekly";

interface Props {
  hostId: string;
  /** null: the host's. */
  hours: Hours[] | null;
  onHours(hours: Hours[] | null): void;
  isWrong: boolean;
}

export function OwnHours({ hostId, hours, onHours, isWrong }: Props) {
  /** As they were before they were turned off. */
  const kept = useRef<Hours[] | null>(null);
  /** The newest: other fields may change while the host's hours are on their way. */
  const tell = useRef(onHours);
  tell.current = onHours;
  const turn = async (isOn: boolean) => {
    if (!isOn) {
      kept.current = hours;
      return onHours(null);
    }
    if (kept.current) return onHours(kept.current);
    const result = await readHours(hostId);
    tell.current(result.ok ? result.value.diary.hours : []);
  };
  return (
    <div class="stack">
      <Switch
        label={t("offer-hours")}
        checked={hours !== null}
        onChange={(isOn) => void turn(isOn)}
      />
      {hours && (
        <fieldset
          class="stack"
          // Enter takes the time that was typed; it does not save the offer without it.
          onKeyDown={(event) => {
            if (event.key === "Enter" && event.target instanceof HTMLInputElement)
              event.preventDefault();
          }}
        >
          <legend class="vh">{t("offer-hours")}</legend>
          <p class="small quiet">{t("offer-hours-note")}</p>
          <Weekly hours={hours} onHours={onHours} />
          <FormFault>{isWrong && t("offer-hours-missing")}</FormFault>
        </fieldset>
      )}
    </div>
  );
}
