/** Under the page: the board's menu, which page of how many, whose view it is, how near. */
import { useEffect, useState } from "preact/hooks";
import { KNOBS } from "../../../board/styles";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { SlideQuestionSign } from "../ask/slide_questions";
import { isStripOn, toggleStrip } from "../decks/strip_on";
import { addPage, mayLead } from "./acts";
import { BoardMenu } from "./board_menu";
import type { BoardProps } from "./board_props";
import { pagerOf } from "./pager";
import { wordsOfPlace } from "./place";
import { SelectionBar } from "./selection_bar";
import { ownPages, slideOf } from "./slides";

interface FootProps extends BoardProps {
  toolsOpen: boolean;
  onTools(): void;
}

export function Foot(props: FootProps) {
  const { desk, view } = props;
  const phone = desk.form.value === "phone";
  const selected = view.selection.value.length > 0;
  return (
    <div class="stagefoot board-foot">
      <div class="foot-side">
        <BoardMenu {...props} />
        <Saving {...props} />
      </div>
      <Pages {...props} />
      <div class="foot-side is-end">
        {selected && !phone ? <SelectionBar view={view} /> : <Follow {...props} />}
        {!phone && (
          <IconButton
            label={t("board-objects")}
            icon="objects"
            pressed={desk.panel.value === "objects"}
            onClick={() => desk.togglePanel("objects")}
          />
        )}
        {phone ? <PenButton {...props} /> : <Zoom view={view} />}
      </div>
    </div>
  );
}

/** Long enough that a stroke that is saved at once says nothing. */
const SLOW_MS = 1_500;

function Saving({ desk, link }: BoardProps) {
  const waiting = link.unsaved.value > 0;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  const away = link.state.value === "down" && desk.session.standing.value.is !== "inside";
  const word =
    link.fault.value === "board.not_saved"
      ? "not-saved"
      : away || (link.state.value === "down" && slow)
        ? "offline"
        : slow
          ? "saving"
          : null;
  const bad = word === "not-saved" || word === "offline";
  return (
    <span class={bad ? "saving is-bad" : "saving"} role="status">
      {word && (
        <span data-tip={t(`board-${word}-note`)}>
          {bad && <Icon name="warn" />}
          <span class="ell">{t(`board-${word}`)}</span>
        </span>
      )}
    </span>
  );
}

function Pages({ desk, view }: BoardProps) {
  const { board, reserved } = desk.room.value;
  const pages = board.pages;
  const own = reserved.pages.find((page) => page.id === view.pageId.value);
  if (own) return <p class="pager ell">{own.name}</p>;
  const leads = mayLead(desk);
  const open = pages.filter((page) => page.is_seen || leads);
  const pager = pagerOf(open, view.pageId.value);
  const place = slideOf(pages, view.pageId.value);
  const among = place
    ? { at: place.slide, count: place.slides }
    : pagerOf(ownPages(pages, leads), view.pageId.value);
  const last = pager.at === pager.count && pager.count > 0;
  const locked = pages.find((page) => page.id === view.pageId.value)?.is_locked;
  return (
    <fieldset class="pager" aria-label={t("board-pages")}>
      <IconButton
        label={t("board-page-before")}
        icon="left"
        shortcut={t("board-key-name-PageUp")}
        disabled={!pager.hasBefore}
        onClick={() => view.turnBy(-1)}
      />
      <button
        type="button"
        class="num"
        aria-label={wordsOfPlace(desk, view.pageId.value) ?? t("board-pages")}
        aria-expanded={desk.panel.value === "pages"}
        data-tip={t("board-pages")}
        onClick={() => desk.togglePanel("pages")}
      >
        <b>{among.at}</b> / {among.count}
      </button>
      {place && place.steps > 1 && (
        <span class="slide-step" aria-hidden="true">
          {t("present-step-of", { at: place.step, count: place.steps })}
        </span>
      )}
      {locked && (
        <span
          class="st warn"
          role="img"
          aria-label={t("board-page-locked")}
          data-tip={t("board-page-locked")}
        >
          <Icon name="lock" />
        </span>
      )}
      {last && leads ? (
        <IconButton
          label={t("board-page-add")}
          icon="plus"
          onClick={() => void addPage(desk, view.pageId.value)}
        />
      ) : (
        <IconButton
          label={t("board-page-after")}
          icon="right"
          shortcut={t("board-key-name-PageDown")}
          disabled={!pager.hasAfter}
          onClick={() => view.turnBy(1)}
        />
      )}
      {view.page.value?.kind === "slide" && desk.form.value !== "phone" && (
        <IconButton
          label={t("present-strip")}
          icon="slides"
          pressed={isStripOn(desk)}
          onClick={() => toggleStrip(desk)}
        />
      )}
      <SlideQuestionSign desk={desk} />
    </fieldset>
  );
}

function Follow({ desk, view }: BoardProps) {
  const room = desk.room.value;
  const presenter = participantOf(room, room.board.presenter);
  if (view.page.value?.isReserved) return null;
  if (view.isPresenting.value) {
    return (
      <span class="follow" data-tip={t("board-leading-note")}>
        <Icon name="eye" />
        <span class="ell">{t("board-leading")}</span>
      </span>
    );
  }
  if (!view.following.value) {
    return (
      <Button look="line" size="small" icon="eye" onClick={() => view.backToClass()}>
        {t("board-back")}
      </Button>
    );
  }
  if (!presenter) return null;
  return (
    <span class="follow">
      <Icon name="eye" />
      <span class="ell">{t("board-following", { name: presenter.name })}</span>
    </span>
  );
}

const STEP = 1.25;

function Zoom({ view }: { view: BoardProps["view"] }) {
  const { scale } = view.camera.value;
  const percent = t("board-percent", { percent: Math.round(scale * 100) });
  return (
    <Menu
      label={t("board-zoom")}
      class="btn btn-sm btn-quiet num"
      side="above"
      items={[
        { label: t("board-zoom-fit"), icon: "fit", run: () => view.fit() },
        { label: t("board-zoom-one"), icon: "screen", run: () => view.zoomTo(1) },
        { label: t("board-zoom-in"), icon: "plus", run: () => view.zoomBy(STEP) },
        { label: t("board-zoom-out"), icon: "minus", run: () => view.zoomBy(1 / STEP) },
      ]}
    >
      <span class="vh">{t("board-zoom")}</span>
      {percent}
    </Menu>
  );
}

/** On a phone the pen opens the tools. */
function PenButton({ view, toolsOpen, onTools }: FootProps) {
  if (view.pen.value === "none") return null;
  const tool = view.tool.value;
  return (
    <IconButton
      label={t("board-tools")}
      icon="pen"
      class="pen-button"
      pressed={toolsOpen}
      onClick={onTools}
    >
      {KNOBS[tool].includes("colour") && (
        <span class="swatch" style={{ "--c": view.styles.value[tool].colour }} />
      )}
    </IconButton>
  );
}
