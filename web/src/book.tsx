/** The entry of the public pages: booking, a private link, and what is mine. */
import "./style/book.css";
import { render } from "preact";
import { firstTexts } from "./booking/texts";
import { Book } from "./pages/book/book";

/** Without its texts the page cannot say in which language something is wrong. */
const NO_TEXTS = "Classroom: no connection. Reload the page. 网络已断开，请刷新页面。";

const root = document.getElementById("app");
if (root)
  firstTexts().then(
    () => render(<Book />, root),
    () => {
      root.textContent = NO_TEXTS;
    },
  );
