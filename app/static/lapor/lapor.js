/* LAPOR!: what a browser adds to pages that work without it. No framework, no strings of its own: every
   word stands in the templates, where it is translated. */
"use strict";

const SEARCH_PAUSE = 200; // milliseconds without a key before a search is sent
const SEARCH_MINIMUM = 2; // letters; the server does not search for fewer

const fill = (text, number) => text.replace("{n}", number.toLocaleString(document.documentElement.lang));

/* Menus close on Escape and on a click elsewhere, as people expect of a menu. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A counter beside each limit, counting as the server does: whole characters, without the ends. */
function addCounter(counter) {
  const field = counter.closest("form").elements[counter.dataset.counterFor];
  const limit = Number(field.dataset.limit);
  const show = () => {
    const used = [...field.value.normalize("NFC").trim()].length;
    const lang = document.documentElement.lang;
    const over = used > limit ? `, ${fill(counter.dataset.over, used - limit)}` : "";
    counter.textContent = `${used.toLocaleString(lang)} / ${limit.toLocaleString(lang)}${over}`;
    counter.classList.toggle("counter--over", used > limit);
  };
  field.addEventListener("input", show);
  show();
}

/* While a form is on its way its button says so, and a second click sends nothing. */
function markSending(form, sending) {
  const button = form.querySelector("[data-sending]");
  form.dataset.busy = sending ? "yes" : "";
  if (!button) return;
  button.dataset.words ||= button.textContent;
  button.textContent = sending ? button.dataset.sending : button.dataset.words;
  button.setAttribute("aria-disabled", String(sending));
}

document.addEventListener("submit", (event) => {
  if (event.target.dataset.busy) event.preventDefault();
  // Forms in a dialog are sent by script, which marks them itself.
  else if (!event.target.closest("dialog[data-page]")) markSending(event.target, true);
});

// A page that comes back from the browser's memory can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) if (form.dataset.busy) markSending(form, false);
});

/* The agencies that match what is typed: a combobox after the ARIA pattern, with its own list. One that
   takes many keeps them as ticks; one that knows where to look lists the nearest before anything is typed. */
function addAgencyPicker(field) {
  const { name, many, lists } = field.dataset;
  const input = field.querySelector("input[type='text']");
  const key = field.querySelector(`input[name='${name}'][type='hidden']`);
  const warned = field.querySelector(`input[name='${name}_warned']`);
  const ticks = field.querySelector("[data-ticks]");
  const status = field.querySelector("[data-picker-status]");
  const warning = field.querySelector("[data-picker-warning]");
  const list = document.createElement("ul");
  let options = [], active = -1, timer, request;

  list.className = "picker__list";
  list.id = `${input.id}-list`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", field.querySelector("label").textContent);
  const box = document.createElement("div");
  box.className = "picker";
  input.replaceWith(box);
  box.append(input, list);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })
    .forEach(([name, value]) => input.setAttribute(name, value));

  function open(shown) {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) move(-1);
  }

  function move(to) {
    active = to;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === to)));
    if (to < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[to].id);
      list.children[to].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(option) {
    if (many) addTick(option);
    else {
      input.value = option.name;
      key.value = option.id;
      // Whoever chose it here has read the warning; the server need not stop them for it.
      warned.value = option.staffed ? "" : option.id;
    }
    // A copy is only read: that nobody is there yet matters to who is to handle the report.
    const quiet = many || option.staffed;
    showWarning(quiet ? "" : field.dataset.warning);
    status.textContent = quiet ? option.name : `${option.name}. ${field.dataset.warning}`;
    input.removeAttribute("aria-invalid");
    field.querySelector(".field__error")?.remove();
    // Choices that the server offered for an earlier word would otherwise win over this one.
    for (const radio of input.form.querySelectorAll(`input[name='${name}_choice']`)) radio.checked = false;
    open(false);
  }

  function addTick(option) {
    input.value = "";
    const known = ticks.querySelector(`input[value='${option.id}']`);
    if (known) { known.checked = true; return; }
    const label = document.createElement("label");
    const box = document.createElement("input");
    const words = document.createElement("span");
    label.className = "choice";
    Object.assign(box, { type: "checkbox", name, value: option.id, checked: true });
    words.textContent = option.path ? `${option.name} — ${option.path}` : option.name;
    label.append(box, words);
    ticks.append(label);
  }

  function item(option, index) {
    const line = document.createElement("li");
    line.id = `${list.id}-${index}`;
    line.role = "option";
    line.append(option.name);
    const more = [option.path, option.staffed ? "" : field.dataset.unstaffed].filter(Boolean).join(" · ");
    if (more) {
      const small = document.createElement("small");
      small.textContent = more;
      small.classList.toggle("picker__unstaffed", !option.staffed);
      line.append(small);
    }
    // Before the input loses its focus, which closes the list.
    line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
    return line;
  }

  async function search() {
    request?.abort();
    request = new AbortController();
    const query = input.value.trim();
    if (query.length < SEARCH_MINIMUM && !lists) { open(false); status.textContent = ""; return; }
    try {
      const url = new URL(field.dataset.picker, location.href);
      url.searchParams.set("q", query);
      const answer = await fetch(url, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      options = await answer.json();
      list.replaceChildren(...options.map(item));
      status.textContent = options.length ? fill(field.dataset.found, options.length) : field.dataset.none;
      showWarning(options.length ? "" : field.dataset.none);
      open(options.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") { open(false); showWarning(field.dataset.failed); }
    }
  }

  function showWarning(words) {
    warning.textContent = words;
    warning.hidden = !words;
  }

  input.addEventListener("input", () => {
    if (key) key.value = "";
    clearTimeout(timer);
    timer = setTimeout(search, SEARCH_PAUSE);
  });
  if (lists) input.addEventListener("focus", search);
  input.addEventListener("blur", () => { request?.abort(); open(false); });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && list.hidden) search();
    else if (event.key in steps) move((active + steps[event.key] + options.length) % options.length);
    else if (event.key === "Enter" && !list.hidden && active >= 0) choose(options[active]);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
  });
}

/* Province, regency, district: each list holds what lies in the choice before it. */
function addAreas(group) {
  const selects = [...group.querySelectorAll("select")];
  const keep = (select) => select.replaceChildren(select.options[0]);
  selects.slice(0, -1).forEach((select, level) => select.addEventListener("change", async () => {
    selects.slice(level + 1).forEach(keep);
    if (!select.value) return;
    const chosen = select.value;
    const answer = await fetch(`${group.dataset.areas}?${new URLSearchParams({ induk: chosen })}`).catch(() => null);
    // On a failure the button that works without a script comes back.
    if (!answer?.ok) { showFallback(true); return; }
    const areas = await answer.json();
    if (select.value === chosen) selects[level + 1].append(...areas.map((area) => new Option(area.name, area.code)));
  }));
}

/* What an edit changes, kept in step while one types: the server compares, as it does without a script. */
function addDifferences(panel) {
  const form = panel.closest("form");
  let timer;
  form.elements.text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const fields = new FormData(form);
      fields.set("reload", "1");
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) }).catch(() => null);
      const fresh = answer && parse(await answer.text()).querySelector("[data-differences]");
      if (fresh) panel.replaceChildren(...fresh.childNodes);
    }, 3 * SEARCH_PAUSE);
  });
}

/* The public version of a report: a selection is masked by a key or the button, and shown again where it is
   masked. Whatever can be selected by hand has its own button too. */
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[name='samarkan_kata']") && event.key === "Enter") {
    event.preventDefault();
    event.target.closest(".field").querySelector("[data-mask]").click();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyS" && maskSelection()) event.preventDefault();
});

function maskSelection() {
  const active = document.activeElement, chosen = getSelection();
  const node = active?.matches("textarea[name='text'], input[name='title']") ? active : chosen.anchorNode?.parentElement;
  // The report itself stands above the form.
  const field = node?.closest("form")?.elements.samarkan_kata ?? node?.closest("main")?.querySelector("[name='samarkan_kata']");
  const form = field?.form;
  if (!field) return false;
  const typed = node === active ? active.value.slice(active.selectionStart, active.selectionEnd) : "";
  const mark = !typed && node.closest(".masked:not(.masked--open)");
  const shows = mark && [...form.querySelectorAll("[name='tampilkan']")].find((button) => button.value === mark.querySelector("s").textContent);
  if (shows) { shows.click(); return true; }
  const words = (typed || chosen.toString()).trim();
  if (!words) return false;
  field.value = words;
  form.querySelector("[data-mask]").click();
  return true;
}

function showFallback(shown, root = document) {
  for (const element of root.querySelectorAll("[data-without-script]")) element.hidden = !shown;
}

/* Dialogs. TUTUP closes; what was typed stays until the page is left. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const popup = opener && document.getElementById(opener.dataset.opens);
  if (popup) { event.preventDefault(); popup.showModal(); }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog");
  if (dialog) { event.preventDefault(); dialog.close(); }
});

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
  if (!next) { location.assign(tab.href); return; }
  dialog.replaceChildren(...next.children);
  dialog.querySelector("[data-tab][aria-current]")?.focus();
});

// Closed dialogs in which something was typed, by address. They wait outside of the page: their ids are the same.
const drafts = new Map();
let opening = false;

async function openPage(url) {
  if (opening) return;
  opening = true;
  const dialog = drafts.get(url) ?? await fetchDialog(url);
  opening = false;
  if (!dialog) { location.assign(url); return; }
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("form textarea, form input[type='text']")?.focus();
}

/* The dialog with the form of a page. None for whatever is not the form (signed out, moved on, no
   network): that is for the browser to show. */
async function fetchDialog(url) {
  const answer = await fetch(url).catch(() => null);
  const page = answer?.ok && !answer.redirected && parse(await answer.text());
  if (!page || !page.querySelector("main form")) return null;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.dataset.page = url;
  show(dialog, page);
  dialog.addEventListener("submit", (event) => send(event, dialog));
  dialog.addEventListener("close", () => {
    const typed = [...dialog.querySelectorAll("textarea")].some((field) => field.value.trim())
      || [...dialog.querySelectorAll("input[type='file']")].some((field) => field.files.length);
    if (typed) drafts.set(url, dialog);
    else drafts.delete(url);
    dialog.remove();
  });
  return dialog;
}

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

function show(dialog, page) {
  dialog.replaceChildren(...page.querySelector("main").children);
  const heading = dialog.querySelector("h1");
  if (heading) {
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  enhance(dialog);
}

function post(form, pressed) {
  const data = new FormData(form);
  if (pressed?.name) data.append(pressed.name, pressed.value);
  if (form.enctype === "multipart/form-data") return upload(form, data);
  return fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
}

/* A file that the server would refuse for its size is said and left out before it is on its way. */
function addSizeLimit(input) {
  const note = input.parentElement.querySelector("[data-size-note]");
  input.addEventListener("change", () => {
    const fits = new DataTransfer(), large = [];
    for (const file of input.files) {
      if (file.size > Number(input.dataset.maxBytes)) large.push(file.name);
      else fits.items.add(file);
    }
    if (large.length) input.files = fits.files;
    note.textContent = large.map((name) => note.dataset.words.replace("{n}", () => name)).join(" ");
    note.hidden = !large.length;
  });
}

/* Files on a slow line take a while: only an XMLHttpRequest tells how far they are. */
function upload(form, data = new FormData(form)) {
  const progress = form.querySelector("[data-progress]");
  const heavy = [...form.querySelectorAll("input[type='file']")].some((input) => input.files.length);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = !heavy;
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => resolve({
      ok: request.status >= 200 && request.status < 300,
      status: request.status,
      url: request.responseURL,
      redirected: request.responseURL !== form.action,
      text: () => Promise.resolve(request.responseText),
    }));
    request.addEventListener("error", () => reject(new Error("network")));
    request.addEventListener("loadend", () => { progress.hidden = true; });
    request.open("POST", form.action);
    request.send(data);
  });
}

/* A session that ended took the form's token with it. Once the officer has signed in again, perhaps in
   another tab, the form can have a new one. */
async function renewToken(form) {
  const answer = await fetch(form.action);
  const token = !answer.redirected && parse(await answer.text()).querySelector("main [name='csrf_token']");
  if (token) form.elements.csrf_token.value = token.value;
  return Boolean(token);
}

async function send(event, dialog) {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.busy) return;
  markSending(form, true);
  try {
    let answer = await post(form, event.submitter);
    if (answer.status === 400 && await renewToken(form)) answer = await post(form, event.submitter);
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

const refusal = (page) => [...page.querySelectorAll("[data-said]")].map((part) => part.textContent).join("\n");

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
window.addEventListener("popstate", (event) => { if (event.state?.arrived) location.reload(); });

/* A refusal without a form (signed out, moved on, no network): said above the form, which keeps its words. */
function refuse(form, words) {
  markSending(form, false);
  form.querySelectorAll("[role='alert']").forEach((earlier) => earlier.remove());
  const note = document.createElement("div");
  note.className = "note note--late lines";
  note.setAttribute("role", "alert");
  note.textContent = words;
  form.prepend(note);
  note.scrollIntoView({ block: "center" });
}

/* On a phone the parts of a page that are only looked up are folded; on paper everything is open. */
const PHONE = matchMedia("(max-width: 640px)");
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not(.menu)")) part.open = true;
});

function enhance(root) {
  // On a phone the current tab may lie beyond the edge of its row.
  root.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  root.querySelectorAll("[data-counter-for]").forEach(addCounter);
  root.querySelectorAll("[data-picker]").forEach(addAgencyPicker);
  root.querySelectorAll("[data-areas]").forEach(addAreas);
  root.querySelectorAll("[data-differences]").forEach(addDifferences);
  if (PHONE.matches) root.querySelectorAll("[data-fold]").forEach((part) => { part.open = false; });
  root.querySelectorAll("[data-max-bytes]").forEach(addSizeLimit);
  root.querySelectorAll("[data-mask-help]").forEach((help) => { help.hidden = false; });
  showFallback(false, root);
}

enhance(document);
