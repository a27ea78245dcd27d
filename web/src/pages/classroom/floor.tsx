/** Which of stage, strip and gallery are on the floor, by layout, share and window. */
import type { Participant } from "../../wire/messages";
import { AloneBanner } from "./banners";
import { BoardStage } from "./board/board_stage";
import { type Desk, spotlightOf } from "./desk";
import { Strip } from "./faces";
import { Gallery } from "./gallery";
import { besideLarge, pinnedFirst } from "./layout";
import { CornerBubbles } from "./react/bubbles";
import { LargeFaces, SharedScreen } from "./stage";

export function Floor({ desk }: { desk: Desk }) {
  return (
    <div class="stagewrap">
      {desk.content.value ? <WithContent desk={desk} /> : <FacesOnly desk={desk} />}
      <CornerBubbles desk={desk} />
    </div>
  );
}

function WithContent({ desk }: { desk: Desk }) {
  const faces = pinnedFirst(desk.faces.value, largeOf(desk));
  const presenter = desk.presenter.value;
  const screen =
    desk.content.value === "board" || !presenter ? (
      <BoardStage key="board" desk={desk} />
    ) : (
      <SharedScreen key="screen" desk={desk} presenter={presenter} />
    );
  if (desk.view.value === "gallery") return <Gallery desk={desk} faces={faces} first={screen} />;
  // Beside the stage, and on small windows without a panel below it, there is room for everyone.
  const roomy = desk.form.value !== "wide" && desk.panel.value === "none";
  return (
    <>
      {desk.view.value === "side" || roomy ? (
        <Gallery desk={desk} faces={faces} />
      ) : (
        <Strip desk={desk} faces={faces} />
      )}
      {screen}
    </>
  );
}

function FacesOnly({ desk }: { desk: Desk }) {
  const faces = desk.faces.value;
  const focus = desk.focus.value;
  if (desk.view.value === "gallery" || !focus || faces.length < 2) {
    return (
      <>
        <Gallery desk={desk} faces={pinnedFirst(faces, largeOf(desk))} />
        {desk.people.value.length === 1 && <AloneBanner desk={desk} />}
      </>
    );
  }
  const pair = desk.view.value === "side";
  const large = pair ? pairOf(faces, focus) : [focus];
  const rest = pair
    ? faces.filter((one) => !large.includes(one))
    : besideLarge(faces, focus, largeOf(desk));
  return (
    <>
      {rest.length > 0 && <Strip desk={desk} faces={rest} />}
      <LargeFaces desk={desk} people={large} />
    </>
  );
}

/** Our own choice, else the teacher's. */
function largeOf(desk: Desk): string | null {
  return desk.chosen.value ?? spotlightOf(desk.room.value);
}

/** The one in focus and the next in line, in the order in which they always stand. */
function pairOf(faces: readonly Participant[], focus: Participant): Participant[] {
  const other = faces.find((one) => one.id !== focus.id);
  return faces.filter((one) => one.id === focus.id || one.id === other?.id);
}
