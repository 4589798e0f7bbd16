import { enhance } from "./enhance.js";
import { pageIn, parse } from "./html.js";
import { post, renewToken } from "./posting.js";
import { markSending, refuse } from "./sending.js";

/* A link with data-dialog opens the form of its page over this one. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPage(link.href);
});

/* A tab of a form that lies in a dialog shows its page in the same one. */
document.addEventListener("click", async (event) => {
  const tab = event.target.closest("dialog[data-page] a[data-tab]");
  if (!tab || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = tab.closest("dialog");
  const next = await fetchDialog(tab.href);
  if (!next) {
    location.assign(tab.href);
    return;
  }
  dialog.replaceChildren(...next.children);
  dialog.querySelector("[data-tab][aria-current]")?.focus();
});

// Closed dialogs in which something was typed, by address. They wait outside of the page: their ids are the same.
const drafts = new Map();
let opening = false;

async function openPage(url) {
  if (opening) return;
  opening = true;
  const dialog = drafts.get(url) ?? (await fetchDialog(url));
  opening = false;
  if (!dialog) {
    location.assign(url);
    return;
  }
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("form textarea, form input[type='text']")?.focus();
}

/* The dialog with the form of a page. None for whatever is not the form (signed out, moved on, no
   network): that is for the browser to show. */
async function fetchDialog(url) {
  const answer = await fetch(url).catch(() => null);
  const page = await pageIn(answer);
  if (!page?.querySelector("main form")) return null;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.dataset.page = url;
  show(dialog, page);
  dialog.addEventListener("submit", (event) => send(event, dialog));
  dialog.addEventListener("close", () => {
    const typed =
      [...dialog.querySelectorAll("textarea")].some((field) => field.value.trim()) ||
      [...dialog.querySelectorAll("input[type='file']")].some((field) => field.files.length);
    if (typed) drafts.set(url, dialog);
    else drafts.delete(url);
    dialog.remove();
  });
  return dialog;
}

function show(dialog, page) {
  dialog.replaceChildren(...page.querySelector("main").children);
  const heading = dialog.querySelector("h1");
  if (heading) {
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  enhance(dialog);
}

async function send(event, dialog) {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.busy) return;
  markSending(form, true);
  try {
    let answer = await post(form, event.submitter);
    if (answer.status === 400 && (await renewToken(form))) answer = await post(form, event.submitter);
    const page = parse(await answer.text());
    const shownAgain = page.querySelector("main form");
    if (answer.redirected && answer.ok) {
      drafts.delete(dialog.dataset.page);
      arrive(answer.url, page);
    } else if (shownAgain && !answer.redirected) {
      show(dialog, page);
      dialog.querySelector("[role='alert']")?.scrollIntoView({ block: "center" });
      dialog.querySelector("[aria-invalid='true'], textarea")?.focus({ preventScroll: true });
    } else refuse(form, answer.status === 400 ? form.dataset.failed : refusal(page));
  } catch {
    refuse(form, form.dataset.failed);
  }
}

const refusal = (page) =>
  [...page.querySelectorAll("[data-said]")].map((part) => part.textContent).join("\n");

/* The answer after a success was fetched already, with its message: it takes the place of this page. */
function arrive(url, page) {
  history.replaceState({ arrived: true }, "");
  history.pushState({ arrived: true }, "", url);
  document.title = page.title;
  document.body.replaceWith(page.body);
  enhance(document);
  scrollTo(0, 0);
  document.querySelector("main").focus();
}

// Going back over what arrive() did loads the page anew; a jump within a page ("#isi") comes by here too.
window.addEventListener("popstate", (event) => {
  if (event.state?.arrived) location.reload();
});
