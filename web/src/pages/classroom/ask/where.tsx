/** Where the class sees a question: in its panel, or also on the page it is on. */
import { t } from "../../../text/text";
import { Select } from "../../../ui/field";
import type { Desk } from "../desk";
import { PLACES, where } from "./here";

/** Nothing while no board is on the stage. */
export function WhereAsked({ desk }: { desk: Desk }) {
  if (desk.content.value !== "board") return null;
  return (
    <Select
      label={t("ask-where")}
      options={PLACES.map((value) => ({ value, label: t(`ask-where-${value}`) }))}
      value={where.value}
      onPick={(value) => {
        where.value = PLACES.find((one) => one === value) ?? "panel";
      }}
    />
  );
}
