/* What a browser adds to the citizens' forms, which work without it: a draft that stays in the browser,
   progress while files are sent, and the position when somebody asks for it. No words of its own. */
import { enhance } from "./enhance.js";
import { parse } from "./html.js";
import { upload } from "./posting.js";
import { refuse } from "./sending.js";
import { inBrowser } from "./storage.js";

const DRAFT_DAYS = 7;
const DRAFTED = ["text", "location"];
const DAY = 86_400_000; // milliseconds

function readDraft(name) {
  const draft = JSON.parse(inBrowser((store) => store.getItem(name)) ?? "null");
  return draft && Date.now() - draft.at < DRAFT_DAYS * DAY ? draft : null;
}

function keepDraft(form) {
  const draft = { at: Date.now() };
  for (const name of DRAFTED) draft[name] = form.elements[name]?.value ?? "";
  const empty = DRAFTED.every((name) => !draft[name].trim());
  inBrowser((store) =>
    empty ? store.removeItem(form.dataset.draft) : store.setItem(form.dataset.draft, JSON.stringify(draft)),
  );
  form.querySelector("[data-clear-draft]").hidden = empty;
}

function fillIn(form, draft) {
  for (const name of DRAFTED) {
    const field = form.elements[name];
    if (!field || field.value.trim() || !draft[name]) continue;
    field.value = draft[name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.draft && DRAFTED.includes(event.target.name)) keepDraft(form);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear-draft]");
  if (!button) return;
  for (const name of DRAFTED) {
    button.form.elements[name].value = "";
    button.form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
  }
});

/* The position is asked for by this button and by nothing else. */
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-position] button")?.parentElement;
  if (!place) return;
  const status = place.querySelector("[role='status']");
  const field = place.closest("form").elements[place.dataset.into];
  status.textContent = place.dataset.asking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      status.textContent = "";
      const here = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      field.value = field.value.trim() ? `${field.value.trim()} (${here})` : here;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    },
    () => {
      status.textContent = place.dataset.refused;
    },
    { timeout: 20_000, maximumAge: 60_000 },
  );
});

/* A form with files tells how far they are; on a broken line it keeps what was typed. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const heavy = [...form.querySelectorAll("input[type='file']")].some((input) => input.files.length);
  if (event.defaultPrevented || !("upload" in form.dataset) || !heavy) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  try {
    const answer = await upload(form, data);
    if (answer.redirected && answer.ok) {
      location.assign(answer.url);
      return;
    }
    const page = parse(await answer.text());
    document.body.replaceWith(page.body);
    enhance(document);
    begin();
    document.querySelector("main [role='alert']")?.scrollIntoView({ block: "center" });
  } catch {
    refuse(form, form.dataset.failed);
  }
});

function begin() {
  for (const done of document.querySelectorAll("[data-drop-draft]")) {
    inBrowser((store) => store.removeItem(done.dataset.dropDraft));
  }
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const draft = readDraft(form.dataset.draft);
    if (draft) fillIn(form, draft);
  }
  if (navigator.geolocation)
    for (const place of document.querySelectorAll("[data-position]")) place.hidden = false;
}

begin();
