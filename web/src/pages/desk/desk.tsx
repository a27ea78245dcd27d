/** The pages about appointments, each fetched when it is opened for the first time. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { DoorFrame, Loading } from "../frame";
import type { DeskName } from "../router";
import type { PlaceProps } from "./props";

type Open = ComponentType<PlaceProps>;

const FETCH: Record<DeskName, () => Promise<{ Page: Open }>> = {
  week: () => import("../week/page"),
  offers: () => import("../offers/page"),
  queue: () => import("../queue/page"),
  clients: () => import("../clients/page"),
  money: () => import("../money/page"),
  talks: () => import("../talks/page"),
  letters: () => import("../letters/page"),
  organisation: () => import("../organisation/page"),
  wait: () => import("../wait/page"),
};

const fetched = new Map<DeskName, Open>();

export function Desk({ name, part }: { name: DeskName; part: string }) {
  const [, again] = useState(0);
  const [missing, setMissing] = useState(false);
  const fetchPage = () => {
    setMissing(false);
    FETCH[name]().then(
      ({ Page }) => {
        fetched.set(name, Page);
        again((n) => n + 1);
      },
      () => setMissing(true),
    );
  };
  useEffect(() => {
    if (!fetched.has(name)) fetchPage();
  }, [name]);
  const Page = fetched.get(name);
  if (Page) return <Page key={part} part={part} />;
  return (
    <DoorFrame class="entry">
      {missing ? (
        <div class="entry-form">
          <p>{refusalText("network.offline")}</p>
          <Button look="line" icon="again" onClick={fetchPage}>
            {t("again")}
          </Button>
        </div>
      ) : (
        <Loading />
      )}
    </DoorFrame>
  );
}
