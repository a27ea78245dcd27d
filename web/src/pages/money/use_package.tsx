/** Which of a client's packages pays what is booked for them; none of them when nothing is left. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Select } from "../../ui/field";
import { type Credit, listCredits } from "../../wire/money";

interface Props {
  org: string;
  client: string;
  offer: string;
  value: string;
  onValue(credit: string): void;
}

/** What can pay this offer now. */
export function usable(credits: readonly Credit[], offer: string, now: number): Credit[] {
  return credits.filter(
    (one) =>
      one.left > 0 &&
      Date.parse(one.until) > now &&
      (one.offer_ids.length === 0 || one.offer_ids.includes(offer)),
  );
}

export function UsePackage({ org, client, offer, value, onValue }: Props) {
  const [credits, setCredits] = useState<readonly Credit[]>([]);
  useEffect(() => {
    void listCredits(org, client).then((result) => {
      if (result.ok) setCredits(result.value);
    });
  }, [org, client]);
  const found = usable(credits, offer, performance.timeOrigin + performance.now());
  const isGone = value !== "" && !found.some(({ id }) => id === value);
  useEffect(() => {
    if (isGone) onValue("");
  }, [isGone]);
  if (found.length === 0) return null;
  const options = found.map(({ id, name, left, total }) => ({
    value: id,
    label: t("pay-code", { name, left, total }),
  }));
  return (
    <Select
      label={t("money-use")}
      options={[{ value: "", label: t("money-use-none") }, ...options]}
      value={value}
      onPick={onValue}
    />
  );
}
