import { parse } from "./html.js";

const PAUSE = 600; // milliseconds without a key before the server is asked

/* What an edit changes, kept in step while one types: the server compares, as it does without a script. */
export function addDifferences(panel) {
  const form = panel.closest("form");
  let timer;
  form.elements.text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const fields = new FormData(form);
      fields.set("reload", "1");
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) }).catch(
        () => null,
      );
      const fresh = answer && parse(await answer.text()).querySelector("[data-differences]");
      if (fresh) panel.replaceChildren(...fresh.childNodes);
    }, PAUSE);
  });
}
