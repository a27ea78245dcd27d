/** The reference of the API: every request there is, drawn from the server's own description. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Field } from "../../ui/field";
import { announce } from "../../ui/live";
import { type Problem, request } from "../../wire/http";
import { session } from "../account";
import { AppFrame, DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { type ApiDocument, matches, type Operation, operationsOf } from "./document";
import { OperationCard, Words } from "./operation_card";

export function Reference() {
  useTitle(t("api-title"));
  const [document, setDocument] = useState<ApiDocument | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const load = async () => {
    const result = await request<ApiDocument>("GET", "/api/openapi.json");
    if (result.ok) setDocument(result.value);
    setFault(result.ok ? null : result.error);
  };
  useEffect(() => void load(), []);
  return (
    <Frame>
      <div class="page-head">
        <div class="grow">
          <h1>{t("api-title")}</h1>
          <p>{t("api-lead")}</p>
        </div>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {!document && !fault && <Loading />}
      {document && <Everything document={document} />}
    </Frame>
  );
}

/** Also for who is not signed in: what a server can do is no secret. */
function Frame({ children }: { children: ComponentChildren }) {
  if (session.value?.account) return <AppFrame at="/settings">{children}</AppFrame>;
  return (
    <DoorFrame signIn class="reference-door">
      {children}
    </DoorFrame>
  );
}

function Everything({ document }: { document: ApiDocument }) {
  const operations = useMemo(() => operationsOf(document), [document]);
  const [query, setQuery] = useState("");
  const found = operations.filter((one) => matches(one, query));
  const search = (text: string) => {
    setQuery(text);
    const count = operations.filter((one) => matches(one, text)).length;
    announce(t("api-found", { count }));
  };
  const tags = document.tags.filter((tag) => found.some((one) => one.tag === tag.name));
  return (
    <div class="reference">
      <HowTo />
      <Field label={t("api-search")} value={query} onValue={search} autocomplete="off" />
      {tags.map((tag) => (
        <Group
          key={tag.name}
          title={tag.name}
          words={tag.description}
          document={document}
          operations={found.filter((one) => one.tag === tag.name)}
        />
      ))}
      {found.length === 0 && <p class="quiet">{t("api-found", { count: 0 })}</p>}
    </div>
  );
}

function HowTo() {
  return (
    <section class="card card-pad stack">
      <p>
        {t("api-how")}{" "}
        <a class="text-link" href="/settings">
          {t("api-how-settings")}
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <pre class="command" tabIndex={0}>
        {`curl -H "Authorization: Bearer ct_…" ${location.origin}/api/rooms`}
      </pre>
      <p class="small quiet">
        {t("api-machine")}{" "}
        <a class="text-link" href="/api/openapi.json" target="_blank" rel="noreferrer">
          /api/openapi.json
        </a>
      </p>
    </section>
  );
}

interface GroupProps {
  title: string;
  words: string;
  operations: readonly Operation[];
  document: ApiDocument;
}

function Group({ title, words, operations, document }: GroupProps) {
  return (
    <section class="stack" lang="en">
      <div>
        <h2>{title}</h2>
        <p class="quiet">
          <Words>{words}</Words>
        </p>
      </div>
      {operations.map((one) => (
        <OperationCard key={one.id} operation={one} document={document} />
      ))}
    </section>
  );
}
