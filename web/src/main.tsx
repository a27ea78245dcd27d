/** The entry: texts, styles, then the page the address names. */
import "./text/all";
import "./style/index.css";
import { render } from "preact";
import { App } from "./pages/app";

const root = document.getElementById("app");
if (root) render(<App />, root);
