/** The whole page: what the address names, and above it what is said and shown everywhere. */
import { useEffect } from "preact/hooks";
import { LiveRegions } from "../ui/live";
import { TooltipLayer } from "../ui/tooltip";
import { loadSession, session, sessionFault } from "./account";
import { ConsentPage } from "./consent/page";
import { Decks } from "./decks/decks";
import { Desk } from "./desk/desk";
import { DoorFrame, Loading } from "./frame";
import { Home } from "./home/home";
import { Lessons } from "./lessons/list";
import { LessonReport } from "./lessons/report";
import { LoadFault } from "./load_fault";
import { NotFound } from "./not_found/not_found";
import { OldLink } from "./not_found/old_link";
import { Invited } from "./organisation/invited";
import { Recordings } from "./recordings/library";
import { SharedPage } from "./recordings/shared";
import { RecordingPage } from "./recordings/watch";
import { Reference } from "./reference/reference";
import { RoomPage } from "./room_page";
import { RoomFilesPage } from "./rooms/files";
import { Rooms } from "./rooms/rooms";
import { Student } from "./rooms/student";
import { Students } from "./rooms/students";
import { followLinks, type Place, place } from "./router";
import { Settings } from "./settings/settings";
import { Setup } from "./setup/setup";
import { SignIn } from "./sign_in/sign_in";
import { SignUp } from "./sign_up/sign_up";

export function App() {
  useEffect(followLinks, []);
  useEffect(() => void loadSession(), []);
  return (
    <>
      <Page at={place.value} />
      <LiveRegions />
      <TooltipLayer />
    </>
  );
}

function Page({ at }: { at: Place }) {
  // The room asks for itself and must not wait for the session: a refresh leads straight back.
  if (at.page === "room") return <RoomPage key={at.code} code={at.code} />;
  if (session.value === null) return <Waiting />;
  switch (at.page) {
    case "home":
      return <Home />;
    case "sign_in":
      return <SignIn />;
    case "sign_up":
      return <SignUp />;
    case "setup":
      return <Setup token={at.token} />;
    case "rooms":
      return session.value.account ? <Rooms /> : <SignIn />;
    case "room_files":
      return session.value.account ? <RoomFilesPage key={at.room} room={at.room} /> : <SignIn />;
    case "decks": {
      const { account } = session.value;
      return account ? <Decks account={account.id} folder={at.folder} /> : <SignIn />;
    }
    case "lessons":
      return session.value.account ? <Lessons key={at.room} room={at.room} /> : <SignIn />;
    case "lesson":
      return <LessonReport key={at.id} id={at.id} />;
    case "recordings":
      if (!session.value.account && !at.room) return <SignIn />;
      return <Recordings key={at.room} room={at.room} />;
    case "recording":
      return <RecordingPage key={at.id} id={at.id} />;
    case "shared":
      return <SharedPage key={at.token} token={at.token} />;
    case "team":
      return <Invited key={at.token} token={at.token} />;
    case "consent":
      return <ConsentPage key={at.token} token={at.token} />;
    case "settings":
      return session.value.account ? <Settings /> : <SignIn />;
    case "reference":
      return <Reference />;
    case "students":
      return session.value.account ? <Students key={at.room} room={at.room} /> : <SignIn />;
    case "student":
      return session.value.account ? <Student key={at.id} room={at.room} id={at.id} /> : <SignIn />;
    case "desk":
      if (!session.value.account && at.name !== "wait") return <SignIn />;
      return <Desk key={at.name} name={at.name} part={at.part} />;
    case "old_link":
      return <OldLink />;
    case "not_found":
      return <NotFound />;
  }
}

function Waiting() {
  const fault = sessionFault.value;
  return (
    <DoorFrame class="entry">
      {fault ? <LoadFault problem={fault} onAgain={() => void loadSession()} /> : <Loading />}
    </DoorFrame>
  );
}
