/** One request of the API: what it does, who may ask, what it takes, answers and refuses. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { language, t } from "../../text/text";
import { type ApiDocument, commandOf, type Operation, type Payload, rowsOf } from "./document";

interface CardProps {
  operation: Operation;
  document: ApiDocument;
}

export function OperationCard({ operation, document }: CardProps) {
  const [open, setOpen] = useState(false);
  const { method, path, summary } = operation;
  return (
    <details
      class="card operation"
      id={operation.id}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span class={`method method-${method.toLowerCase()}`}>{method}</span>
        <span class="grow">
          <code>{path}</code>
          <span class="quiet">
            <Words>{summary}</Words>
          </span>
        </span>
      </summary>
      {open && <Inside operation={operation} document={document} />}
    </details>
  );
}

function Inside({ operation, document }: CardProps) {
  const { description, asker, parameters, body, answer, status, refusals } = operation;
  return (
    <div class="operation-inside">
      {description && (
        <p>
          <Words>{description}</Words>
        </p>
      )}
      <p class="small" lang={language.value}>
        {t(`api-asker-${asker}`)}
      </p>
      {parameters.length > 0 && (
        <Part title={t("api-parameters")}>
          <dl class="fields">
            {parameters.map((one) => (
              <FieldRow
                key={one.name}
                name={one.in === "query" ? `?${one.name}=` : `{${one.name}}`}
                words={one.description}
              />
            ))}
          </dl>
        </Part>
      )}
      {body && (
        <Part title={t("api-body")}>
          <Shown payload={body} document={document} />
        </Part>
      )}
      <Part title={t("api-answer", { status })}>
        {answer ? (
          <Shown payload={answer} document={document} />
        ) : (
          <p class="small quiet" lang={language.value}>
            {t("api-answer-none")}
          </p>
        )}
      </Part>
      <Part title={t("api-refusals")}>
        <ul class="refusals">
          {refusals.map((one) => (
            <li key={one.status}>
              <b class="num">{one.status}</b>
              {one.codes.map((code) => (
                <code key={code}>{code}</code>
              ))}
            </li>
          ))}
        </ul>
      </Part>
      {asker === "token" && (
        <Part title={t("api-try")}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
          <pre class="command" tabIndex={0}>
            {commandOf(operation, location.origin)}
          </pre>
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h3 lang={language.value}>{title}</h3>
      {children}
    </section>
  );
}

function Shown({ payload, document }: { payload: Payload; document: ApiDocument }) {
  const rows = payload.schema ? rowsOf(payload.schema, document) : [];
  if (rows.length === 0) return <code>{payload.kind}</code>;
  return (
    <dl class="fields">
      {rows.map((row, at) => (
        <FieldRow
          key={at}
          depth={row.depth}
          name={row.isOptional ? `${row.name}?` : row.name}
          type={row.type}
          words={row.words}
        />
      ))}
    </dl>
  );
}

interface FieldRowProps {
  name: string;
  type?: string;
  words: string;
  depth?: number;
}

/** Words of the description: what stands between two ` is code. */
export function Words({ children }: { children: string }) {
  return (
    <>{children.split("`").map((part, at) => (at % 2 ? <code key={at}>{part}</code> : part))}</>
  );
}

function FieldRow({ name, type, words, depth = 0 }: FieldRowProps) {
  return (
    <div class={`field-row depth-${depth}`}>
      <dt>
        <code>{name}</code>
        {type && <span class="type">{type}</span>}
      </dt>
      <dd>
        <Words>{words}</Words>
      </dd>
    </div>
  );
}
