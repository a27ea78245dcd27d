/** When a host can be booked: written on the left, tried on the right, kept by one button. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { toast } from "../../ui/live";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { BoundFields } from "./bounds";
import { Exceptions, Holidays, Journeys } from "./exceptions";
import { Feeds } from "./feeds";
import { PreviewCard, Problems } from "./preview";
import { HoursStore } from "./store";
import { Weekly } from "./weekly";

export function HoursEditor({ host }: { host: string }) {
  const [store] = useState(() => new HoursStore(host));
  useEffect(() => {
    void store.open();
    return () => store.close();
  }, [store]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (store.isDirty.value) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [store]);
  const { value: draft } = store.draft;
  const fault = store.fault.value;
  if (fault) return <LoadFault problem={fault} onAgain={() => void store.open()} />;
  if (!draft) return <Loading />;
  const parts = {
    diary: draft,
    today: store.first.value,
    onChange: (news: Partial<typeof draft>) => store.change(news),
  };
  return (
    <div class="hours-page">
      <div class="stack hours-parts">
        <section class="stack">
          <h2>{t("hours-weekly")}</h2>
          <p class="small quiet">{t("hours-weekly-note")}</p>
          <Weekly hours={draft.hours} onHours={(hours) => store.change({ hours })} />
        </section>
        <Problems list={store.problems.value} diary={draft} />
        <BoundFields {...parts} />
        <Exceptions {...parts} />
        <Holidays {...parts} />
        <Journeys {...parts} />
        <Feeds host={host} onChange={() => store.look()} />
      </div>
      <PreviewCard store={store} />
      <Saving store={store} />
    </div>
  );
}

function Saving({ store }: { store: HoursStore }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  if (!store.isDirty.value) return null;
  const save = async () => {
    setBusy(true);
    const problem = await store.save();
    setBusy(false);
    setFault(problem && refusalText(problem.code, problem.params));
    if (!problem) toast(t("hours-saved"));
  };
  return (
    <div class="hours-saving" role="status">
      <span class="grow">{t("hours-unsaved")}</span>
      <FormFault>{fault}</FormFault>
      <Button look="quiet" onClick={() => store.discard()}>
        {t("hours-discard")}
      </Button>
      <Button look="primary" waiting={busy && t("week-saving")} onClick={() => void save()}>
        {t("hours-save")}
      </Button>
    </div>
  );
}
