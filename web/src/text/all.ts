/** All tables of all languages, for the pages that may show any of them. */
import { addTexts } from "./text";

addTexts(import.meta.glob("./*/*.ftl", { query: "?raw", import: "default", eager: true }));
