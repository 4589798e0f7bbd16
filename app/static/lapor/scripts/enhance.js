/* What a part of a page gets when it arrives: the whole page, a dialog, or what a form's answer put in its place. */
import { addAgencyPicker } from "./agency-picker.js";
import { addAreas } from "./areas.js";
import { addCounter } from "./counters.js";
import { addDifferences } from "./differences.js";
import { showFallback } from "./fallback.js";
import { addSizeLimit } from "./file-sizes.js";
import { foldOnPhones } from "./folding.js";

export function enhance(root) {
  // On a phone the current tab may lie beyond the edge of its row.
  root.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  root.querySelectorAll("[data-counter-for]").forEach(addCounter);
  root.querySelectorAll("[data-picker]").forEach(addAgencyPicker);
  root.querySelectorAll("[data-areas]").forEach(addAreas);
  root.querySelectorAll("[data-differences]").forEach(addDifferences);
  foldOnPhones(root);
  root.querySelectorAll("[data-max-bytes]").forEach(addSizeLimit);
  root.querySelectorAll("[data-mask-help]").forEach((help) => {
    help.hidden = false;
  });
  showFallback(false, root);
}
