/* The header's bell and envelope: their dots stay fresh while the page is looked at, and the bell shows the
   newest below itself. Without this script both are links, and the dots are as fresh as the page. */
import { pageIn } from "./html.js";

const EVERY = 60_000,
  SLOWEST = 15 * 60_000; // milliseconds between two questions; after failures
let pause = EVERY,
  timer = 0,
  asked = Date.now();

const dots = () => document.querySelector("[data-counts]");

function show(counts) {
  for (const [name, number] of Object.entries(counts)) {
    const dot = dots()?.querySelector(`[data-dot="${name}"]`);
    if (!dot) continue;
    const link = dot.parentElement;
    dot.hidden = !number;
    link.setAttribute("aria-label", number ? link.dataset.some.replace("{n}", number) : link.dataset.none);
  }
}

/* Only a page that somebody sees asks; one that is refused (signed out) asks no more, one that fails less often. */
async function ask() {
  if (document.hidden || !dots()) return;
  asked = Date.now();
  try {
    const answer = await fetch(dots().dataset.counts, {
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return;
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.json());
    pause = EVERY;
  } catch {
    pause = Math.min(2 * pause, SLOWEST);
  }
  wait(pause);
}

// A little apart, so that pages opened together do not ask together.
function wait(time) {
  clearTimeout(timer);
  timer = setTimeout(ask, time * (0.9 + 0.2 * Math.random()));
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else wait(Math.max(0, pause - (Date.now() - asked)));
});
wait(pause);

/* The newest, fetched from the bell's own page. */
async function open(bell) {
  const answer = await fetch(bell.href).catch(() => null);
  const list = (await pageIn(answer))?.querySelector("[data-latest]");
  if (!list) {
    location.assign(bell.href);
    return;
  }
  const panel = document.createElement("div");
  panel.className = "menu__list dots__panel";
  panel.id = "bell-panel";
  panel.role = "region";
  panel.tabIndex = -1;
  panel.setAttribute("aria-label", bell.dataset.none);
  panel.append(...list.childNodes);
  bell.after(panel);
  bell.setAttribute("aria-expanded", "true");
  panel.focus({ preventScroll: true });
}

function close(bell, panel) {
  panel.remove();
  bell.setAttribute("aria-expanded", "false");
}

document.addEventListener("click", (event) => {
  const bell = document.querySelector("[data-bell]"),
    panel = document.getElementById("bell-panel");
  const onBell = event.target.closest("[data-bell]");
  if (panel && !panel.contains(event.target)) close(bell, panel);
  if (!onBell || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!panel) open(onBell);
});
document.addEventListener("keydown", (event) => {
  const panel = document.getElementById("bell-panel");
  if (event.key !== "Escape" || !panel) return;
  const bell = document.querySelector("[data-bell]");
  close(bell, panel);
  bell.focus();
});
