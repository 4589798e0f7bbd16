import { fill } from "./words.js";

const SEARCH_PAUSE = 200; // milliseconds without a key before a search is sent
const SEARCH_MINIMUM = 2; // letters; the server does not search for fewer

/* The agencies that match what is typed: a combobox after the ARIA pattern, with its own list. One that
   takes many keeps them as ticks; one that knows where to look lists the nearest before anything is typed. */
export function addAgencyPicker(field) {
  const { name, many, lists } = field.dataset;
  const input = field.querySelector("input[type='text']");
  const key = field.querySelector(`input[name='${name}'][type='hidden']`);
  const warned = field.querySelector(`input[name='${name}_warned']`);
  const ticks = field.querySelector("[data-ticks]");
  const status = field.querySelector("[data-picker-status]");
  const warning = field.querySelector("[data-picker-warning]");
  const list = document.createElement("ul");
  let options = [],
    active = -1,
    timer,
    request;

  list.className = "picker__list";
  list.id = `${input.id}-list`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", field.querySelector("label").textContent);
  const box = document.createElement("div");
  box.className = "picker";
  input.replaceWith(box);
  box.append(input, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function open(shown) {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) move(-1);
  }

  function move(to) {
    active = to;
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(index === to));
    }
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
    if (known) {
      known.checked = true;
      return;
    }
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
    line.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(option);
    });
    return line;
  }

  async function search() {
    request?.abort();
    request = new AbortController();
    const query = input.value.trim();
    if (query.length < SEARCH_MINIMUM && !lists) {
      open(false);
      status.textContent = "";
      return;
    }
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
      if (error.name !== "AbortError") {
        open(false);
        showWarning(field.dataset.failed);
      }
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
  input.addEventListener("blur", () => {
    request?.abort();
    open(false);
  });
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
