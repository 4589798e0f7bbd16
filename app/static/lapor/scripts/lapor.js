/* LAPOR!: what a browser adds to pages that work without it. No framework, no strings of its own: every
   word stands in the templates, where it is translated. The modules are served as they are, in a folder
   whose name changes with them (app/views/web/assets.py); the first to be read here listens first. */
import "./menus.js";
import "./sending.js";
import "./masking.js";
import "./popups.js";
import "./page-dialogs.js";
import { enhance } from "./enhance.js";

enhance(document);
