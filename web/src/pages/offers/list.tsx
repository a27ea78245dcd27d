/** What can be booked, in the order clients see it: order, switch on and off, share. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { ButtonLink, IconButton } from "../../ui/button";
import { Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import { Empty } from "../../ui/mark";
import { Menu } from "../../ui/menu";
import type { Offer } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { changeOffer, listOffers, removeOffer } from "../../wire/offers";
import type { Organisation, OrgHost } from "../../wire/organisations";
import { loadSession } from "../account";
import { copy } from "../copy_link";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { navigate } from "../router";
import { Sure } from "../sure";
import { factsOf } from "./words";

interface Props {
  org: Organisation;
  host: OrgHost;
}

const say = (problem: Problem) => toast(refusalText(problem.code, problem.params));

export function OfferList({ org, host }: Props) {
  const [list, setList] = useState<readonly Offer[] | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [leaving, setLeaving] = useState<Offer | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const page = `/b/${org.slug}/${host.slug}`;
  const load = async () => {
    const result = await listOffers(host.id);
    setFault(result.ok ? null : result.error);
    if (result.ok) setList(result.value);
    else if (result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void load(), [host.id]);
  /** The new order is shown at once; what is refused comes back. */
  const put = async (from: number, to: number) => {
    const one = list?.[from];
    if (!list || !one || to < 0 || to >= list.length || from === to) return;
    const next = list.toSpliced(from, 1).toSpliced(to, 0, one);
    setList(next);
    const late = next.map((offer, position) => ({ offer, position }));
    const moved = late.filter(({ offer, position }) => offer.position !== position);
    const results = await Promise.all(
      moved.map(({ offer, position }) => changeOffer(offer.id, { position })),
    );
    const failed = results.find((result) => !result.ok);
    if (failed && !failed.ok) say(failed.error);
    else toast(t("offer-moved", { name: one.name, place: to + 1 }));
    await load();
  };
  const turn = async (one: Offer, is_on: boolean) => {
    const result = await changeOffer(one.id, { is_on });
    if (!result.ok) say(result.error);
    await load();
  };
  const share = (one: Offer) => {
    const link = `${location.origin}${page}/${one.id}`;
    void copy(link, t("link-copied"), t("link-copy-failed", { link }));
  };
  if (fault) return <LoadFault problem={fault} onAgain={() => void load()} />;
  if (!list) return <Loading />;
  if (list.length === 0) {
    return (
      <div class="card">
        <Empty title={t("week-empty-offers")} text={t("week-empty-offers-note")}>
          <ButtonLink look="primary" icon="plus" href="/offers/new">
            {t("offer-add")}
          </ButtonLink>
        </Empty>
      </div>
    );
  }
  return (
    <div class="stack">
      <div class="row row-wrap">
        <ButtonLink look="primary" icon="plus" href="/offers/new">
          {t("offer-add")}
        </ButtonLink>
        <ButtonLink look="quiet" icon="external" href={page}>
          {t("week-page-open")}
        </ButtonLink>
      </div>
      <ul class="card rows offer-list">
        {list.map((one, at) => (
          <li
            key={one.id}
            class={dragged === at ? "is-dragged" : undefined}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={() => dragged !== null && void put(dragged, at)}
          >
            <span
              class="offer-grip"
              draggable
              aria-hidden="true"
              data-tip={t("offer-drag")}
              onDragStart={() => setDragged(at)}
              onDragEnd={() => setDragged(null)}
            >
              ⠿
            </span>
            <div class="grow">
              <a class="offer-name" href={`/offers/${one.id}`}>
                {one.name}
              </a>
              <span class="small quiet">{factsOf(one)}</span>
            </div>
            <Switch
              label={t(one.is_on ? "offer-on" : "offer-off")}
              checked={one.is_on}
              onChange={(is_on) => void turn(one, is_on)}
            />
            <IconButton
              icon="link"
              label={t("offer-copy", { name: one.name })}
              onClick={() => share(one)}
            />
            <Menu
              label={t("offer-more", { name: one.name })}
              items={[
                {
                  label: t("offer-change"),
                  icon: "pen",
                  run: () => navigate(`/offers/${one.id}`),
                },
                {
                  label: t("offer-up"),
                  icon: "up",
                  disabled: at === 0,
                  run: () => void put(at, at - 1),
                },
                {
                  label: t("offer-down"),
                  icon: "down",
                  disabled: at === list.length - 1,
                  run: () => void put(at, at + 1),
                },
                { heading: null },
                {
                  label: t("offer-remove"),
                  icon: "trash",
                  danger: true,
                  run: () => setLeaving(one),
                },
              ]}
            />
          </li>
        ))}
      </ul>
      <Sure<Offer>
        thing={leaving}
        onClose={() => setLeaving(null)}
        title={({ name }) => t("offer-remove-title", { name })}
        note={t("offer-remove-note")}
        action={t("offer-remove")}
        waiting={t("offer-removing")}
        done={({ name }) => t("offer-removed", { name })}
        send={({ id }) => removeOffer(id)}
        onDone={load}
      />
    </div>
  );
}
