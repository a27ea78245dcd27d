/** An organisation's page: its people, who is free now, and what can be booked with them. */
import { useState } from "preact/hooks";
import { language, t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { Icon } from "../../ui/icon";
import { readOrg } from "../../wire/book_calls";
import type { OrgPage } from "../../wire/booking";
import { LoadFault } from "../load_fault";
import { Loading } from "../loading";
import { BookFrame } from "./frame";
import { Nothing } from "./nothing";
import { Stars } from "./offers";
import { useAnswer } from "./use_answer";

export function OrgBooking({ org }: { org: string }) {
  const { value, problem, again } = useAnswer(
    () => readOrg(org, language.peek()),
    `${org} ${language.value}`,
  );
  if (problem?.status === 404) return <Nothing />;
  return (
    <BookFrame title={value?.organisation.name ?? t("book-title")} org={value?.organisation}>
      {problem && <LoadFault problem={problem} onAgain={again} />}
      {!value && !problem && <Loading />}
      {value && <People page={value} />}
    </BookFrame>
  );
}

type Person = OrgPage["hosts"][number];

/** With more people than this they are searched. */
const MANY = 12;

function fits(person: Person, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const has = (one: string) => one.toLowerCase().includes(wanted);
  return has(person.name) || has(person.title) || person.offers.some((offer) => has(offer.name));
}

function People({ page }: { page: OrgPage }) {
  const [text, setText] = useState("");
  const { organisation, hosts } = page;
  const found = hosts.filter((one) => fits(one, text));
  // Who can be met at once stands first.
  const sorted = [...found].sort((a, b) => Number(b.is_free) - Number(a.is_free));
  return (
    <>
      <div class="org-head">
        <h1>{organisation.name}</h1>
        {organisation.about && <p class="lead">{organisation.about}</p>}
      </div>
      {hosts.length > MANY && (
        <div class="field org-search">
          <label for="org-search">{t("book-people-search")}</label>
          <input
            id="org-search"
            class="input"
            type="search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {hosts.length === 0 && <p class="quiet">{t("error-host-unknown")}</p>}
      <p class="vh" aria-live="polite">
        {text && t("book-people-found", { count: found.length })}
      </p>
      {text && found.length === 0 && <p class="quiet">{t("book-people-none")}</p>}
      <ul class="people-cards">
        {sorted.map((person) => (
          <PersonCard key={person.slug} person={person} org={organisation.slug} />
        ))}
      </ul>
    </>
  );
}

function PersonCard({ person, org }: { person: Person; org: string }) {
  return (
    <li>
      <a class="card person-card" href={`/b/${org}/${person.slug}`}>
        <Avatar name={person.name} id={person.slug} size={56} />
        <span class="grow">
          <b>{person.name}</b>
          {person.title && <span class="quiet">{person.title}</span>}
          <Stars stars={person.stars} />
          <span class="person-offers">{person.offers.map((offer) => offer.name).join(" · ")}</span>
        </span>
        {person.is_free && (
          <span class="pill pill-ok">
            <span class="dot" />
            {t("book-free-now")}
          </span>
        )}
        <Icon name="right" />
      </a>
    </li>
  );
}
