/** A formula is written in TeX, seen while it is written, and told in words what is wrong. */
import { useEffect, useId, useState } from "preact/hooks";
import { KatexFormulas } from "../../../board/paint/formulas";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { Dialog } from "../../../ui/dialog";
import { DialogActs } from "../../../ui/dialog_acts";
import { Icon } from "../../../ui/icon";

const EXAMPLES = [
  "\\frac{a}{b}",
  "x^2",
  "a_n",
  "\\sqrt{x}",
  "\\angle ABC = 60^\\circ",
  "\\triangle ABC \\sim \\triangle DEF",
  "\\sum_{k=1}^{n} k",
  "\\int_0^1 x^2\\,dx",
  "\\lim_{n \\to \\infty}",
  "\\vec{v} \\cdot \\vec{w}",
  "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
  "\\begin{cases} x + y = 5 \\\\ x - y = 1 \\end{cases}",
] as const;

const SETTLED_MS = 120;
const LONGEST = 2_000;

const formulas = new KatexFormulas();

interface Preview {
  url: string | null;
  fault: string | null;
  w: number;
  h: number;
}

const NOTHING: Preview = { url: null, fault: null, w: 0, h: 0 };

export function FormulaDialog({ view }: { view: BoardView }) {
  const editing = view.editing.value;
  const open = editing?.kind === "tex";
  const [source, setSource] = useState("");
  const id = useId();
  useEffect(() => setSource(open ? editing.words : ""), [open && editing.id]);
  const preview = usePreview(open ? source : "");
  const cancel = () => view.cancelEditing();
  const put = () => {
    if (editing && source.trim() !== "" && !preview.fault) view.commitFormula(editing.id, source);
  };
  return (
    <Dialog
      open={open}
      title={t("board-formula")}
      onClose={cancel}
      class="formula-dialog"
      actions={
        <DialogActs
          action={t(editing?.isNew ? "board-formula-put" : "board-formula-change")}
          disabled={source.trim() === "" || !!preview.fault}
          onClose={cancel}
          onAct={put}
        />
      }
    >
      <div class="field">
        <label for={id}>{t("board-formula-source")}</label>
        <textarea
          id={id}
          class="input formula-source"
          value={source}
          maxLength={LONGEST}
          spellcheck={false}
          autocapitalize="off"
          aria-invalid={preview.fault ? true : undefined}
          aria-describedby={preview.fault ? `${id}-fault` : undefined}
          onInput={(event) => {
            setSource(event.currentTarget.value);
            view.typing(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            put();
          }}
        />
        {preview.fault && (
          <p class="field-fault" id={`${id}-fault`} role="status">
            <Icon name="warn" />
            <span>{faultText(preview.fault)}</span>
          </p>
        )}
      </div>
      <div class="formula-preview">
        {preview.url ? (
          <img
            src={preview.url}
            alt={source}
            style={{ width: `${preview.w * 1.4}px`, height: `${preview.h * 1.4}px` }}
          />
        ) : (
          <span class="faint">{t("board-formula-none")}</span>
        )}
      </div>
      <p class="label">{t("board-formula-examples")}</p>
      <div class="formula-examples">
        {EXAMPLES.map((example) => (
          <Example
            key={example}
            source={example}
            onPick={() => {
              const next = `${source}${source === "" || source.endsWith(" ") ? "" : " "}${example}`;
              setSource(next);
              view.typing(next);
            }}
          />
        ))}
      </div>
    </Dialog>
  );
}

function Example({ source, onPick }: { source: string; onPick(): void }) {
  const { url, w, h } = usePreview(source);
  return (
    <button type="button" class="btn" data-tip={source} aria-label={source} onClick={onPick}>
      {url ? <img src={url} alt="" width={w * 0.75} height={h * 0.75} /> : source}
    </button>
  );
}

/** The last good picture stays while the next one is not whole yet. */
function usePreview(source: string): Preview {
  const [preview, setPreview] = useState<Preview>(NOTHING);
  useEffect(() => {
    if (source.trim() === "") {
      setPreview(NOTHING);
      return;
    }
    let live = true;
    const timer = setTimeout(async () => {
      const found = await formulas.svg(source, "#1d1c1a").catch(() => null);
      if (!live) return;
      if (found === null) setPreview({ ...NOTHING, fault: "" });
      else if ("fault" in found) setPreview((last) => ({ ...last, fault: found.fault }));
      else setPreview({ ...found, fault: null });
    }, SETTLED_MS);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [source]);
  return preview;
}

/** KaTeX names what it cannot read; what usually helps is said in our words. */
function faultText(fault: string): string {
  const command = /\\[A-Za-z]+/u.exec(fault)?.[0];
  if (/undefined control sequence/iu.test(fault) && command) {
    return t("board-formula-unknown", { command });
  }
  if (/expected '?\}|end of input|EOF|unexpected end/iu.test(fault)) {
    return t("board-formula-open");
  }
  if (/expected 'EOF', got '\}/u.test(fault)) return t("board-formula-closed");
  const place = /position (\d+)/u.exec(fault)?.[1];
  return place ? t("board-formula-at", { place }) : t("board-formula-fault");
}
