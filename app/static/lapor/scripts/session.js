/* The end of an officer's session: a warning before it, and what was typed comes back after signing in again.
   Without this script a form that is sent too late waits on the server for its sender. No words of its own. */
import { inTab } from "./storage.js";

const WARNING = 120; // seconds before the end
const TYPED = "lapor-typed"; // where this tab keeps what was typed when its session ended
const ASIDE = new Set(["csrf_token"]);
const dialog = () => document.getElementById("session-end");
let ends = 0,
  over = false,
  fixed = false,
  timer = 0;

const left = () => Math.round((ends - Date.now()) / 1000);

function lasts(seconds) {
  ends = Date.now() + seconds * 1000;
  over = false;
}

const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.max(seconds, 0) % 60).padStart(2, "0")}`;

function show(part) {
  for (const name of ["warning", "longest", "over"]) {
    for (const element of dialog().querySelectorAll(`[data-${name}]`)) element.hidden = name !== part;
  }
  // The heading stands above both sentences that warn.
  dialog().querySelector("h2 [data-warning]").hidden = part === "over";
  if (dialog().open) return;
  dialog().showModal();
}

function count() {
  for (const words of dialog().querySelectorAll("p[data-warning], p[data-longest]")) {
    words.dataset.words ||= words.textContent;
    words.textContent = words.dataset.words.replace("{n}", clock(left()));
  }
}

/* Asked before anything is said: another tab may have been at work meanwhile. */
async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return 0;
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).left;
}

async function look() {
  clearTimeout(timer);
  if (!dialog()) return;
  const warnAt = Math.min(WARNING, Number(dialog().dataset.session) / 2);
  if (over) return;
  if (left() > warnAt) {
    timer = setTimeout(look, Math.min((left() - warnAt) * 1000, 60_000));
    return;
  }
  const unsaid = !dialog().open && !dialog().dataset.closed;
  if (unsaid || left() <= 0) {
    try {
      const seconds = await ask(dialog().dataset.left);
      if (seconds > warnAt) {
        close();
        lasts(seconds);
        timer = setTimeout(look, 1000);
        return;
      }
      if (seconds <= 0) {
        finish();
        return;
      }
      lasts(seconds);
    } catch {
      /* no network: what this page knows itself */
      if (left() <= 0) {
        finish();
        return;
      }
    }
    if (unsaid) show(fixed ? "longest" : "warning");
  }
  count();
  timer = setTimeout(look, 1000);
}

function close() {
  if (dialog().open) dialog().close();
  delete dialog().dataset.closed;
}

function finish() {
  over = true;
  delete dialog().dataset.closed;
  const page = document.querySelector("dialog[data-page][open]")?.dataset.page;
  const enter = dialog().querySelector("[data-enter]");
  if (page)
    enter.href = `${dialog().dataset.signIn}?${new URLSearchParams({ next: new URL(page, location.href).pathname })}`;
  show("over");
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("#session-end [data-close]")) dialog().dataset.closed = "yes";
  if (event.target.closest("#session-end [data-enter]")) keep();
  if (!event.target.closest("[data-stay-in]")) return;
  try {
    const seconds = await ask(dialog().dataset.stay);
    if (seconds <= 0) {
      finish();
      return;
    }
    const warnAt = Math.min(WARNING, Number(dialog().dataset.session) / 2);
    lasts(seconds);
    fixed = seconds <= warnAt;
    if (fixed) show("longest");
    else close();
  } catch {
    /* the warning stays, and the button can be pressed again */
  }
  look();
});

// Closed with Escape it says no more until the end. Events of a dialog do not bubble.
document.addEventListener(
  "cancel",
  (event) => {
    if (event.target === dialog()) dialog().dataset.closed = "yes";
  },
  true,
);

/* What was typed into forms, by where they are sent to; passwords and files never. */
function keep() {
  const forms = {};
  for (const form of document.querySelectorAll("main form, dialog[data-page] form")) {
    if ((form.method || "get") !== "post" || form.querySelector("[type='password']")) continue;
    const fields = [...form.elements]
      .filter(
        (field) =>
          field.name &&
          !ASIDE.has(field.name) &&
          /^(textarea|text|search|email|tel|date|number|select-one)$/.test(field.type),
      )
      .map((field) => [field.name, field.value]);
    if (fields.some(([, value]) => value.trim()))
      forms[new URL(form.action, location.href).pathname] = fields;
  }
  const all = { account: dialog().dataset.account, forms };
  inTab((store) => store.setItem(TYPED, JSON.stringify(all)));
}

/* Back into the form of the same address, once, and for the same account alone: at a shared desk the next
   person finds nothing. */
function restore(root) {
  const all = JSON.parse(inTab((store) => store.getItem(TYPED)) ?? "null");
  if (!all) return;
  if (all.account !== dialog().dataset.account) {
    inTab((store) => store.removeItem(TYPED));
    return;
  }
  for (const form of root.querySelectorAll("main form")) {
    const path = new URL(form.action, location.href).pathname;
    for (const [name, value] of all.forms[path] ?? []) {
      const field = form.elements[name];
      if (!field || !("value" in field) || field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    delete all.forms[path];
  }
  if (Object.keys(all.forms).length) inTab((store) => store.setItem(TYPED, JSON.stringify(all)));
  else inTab((store) => store.removeItem(TYPED));
}

// Signing out leaves nothing behind.
document.addEventListener("submit", (event) => {
  if (event.target.closest("header form")) inTab((store) => store.removeItem(TYPED));
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});

if (dialog()) {
  lasts(Number(dialog().dataset.session));
  restore(document);
  look();
}
