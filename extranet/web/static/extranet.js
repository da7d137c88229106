// What a page does beyond HTML; without this script every page still works.
"use strict";

// After a page has arrived: errors take the focus, and after a boosted visit the h1 does.
function arrive(wasBoosted) {
  const errors = document.querySelector("[data-errors]");
  const heading = document.querySelector("main h1");
  if (errors) {
    errors.focus();
  } else if (wasBoosted && heading && !location.hash) {
    heading.focus({ preventScroll: true });
  }
  if (wasBoosted) {
    const news = Array.from(document.querySelectorAll("[data-flash] > p"), (p) => p.textContent);
    document.getElementById("announcement").textContent = [document.title, ...news].join(". ");
  }
  document.querySelectorAll("[data-flash]").forEach(offerClosing);
  document.querySelectorAll("input[data-reveal]").forEach(offerReveal);
  document.querySelectorAll(".ex-scroll").forEach(keepReachable);
}

// A region that has nothing to scroll is no stop for the Tab key. Its content is watched too: a
// font that arrives later makes a table wider while the region around it stays as it is.
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const region = target.closest(".ex-scroll");
    region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  }
});

function keepReachable(region) {
  widths.observe(region);
  for (const content of region.children) {
    widths.observe(content);
  }
}

function button(text, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}

function offerClosing(flash) {
  const close = button(flash.dataset.close, "ex-flash__close");
  close.addEventListener("click", () => {
    flash.remove();
    document.querySelector("main h1").focus();
  });
  flash.append(close);
}

function offerReveal(input) {
  const toggle = button(input.dataset.reveal, "utrecht-button utrecht-button--subtle");
  toggle.setAttribute("aria-controls", input.id);
  toggle.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    toggle.textContent = shown ? input.dataset.reveal : input.dataset.conceal;
  });
  input.after(toggle);
}

// A small menu closes on Escape and when the reader goes on elsewhere.
function closeMenus(keep) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(keep)) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// An upload shows how far it is.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  if (!form.matches("form[data-progress]")) {
    return;
  }
  const line = document.createElement("p");
  line.className = "ex-progress";
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", form.dataset.progress);
  line.append(form.dataset.progress, bar);
  form.append(line);
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector(".ex-progress progress");
  const { lengthComputable, loaded, total } = event.detail;
  if (bar && lengthComputable && loaded < total) {
    bar.value = loaded / total;
  } else if (bar) {
    bar.removeAttribute("value");
  }
});

// A file is fetched by the browser itself, not put into the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const type = xhr.getResponseHeader("Content-Type") || "";
  if (!type.startsWith("text/html")) {
    event.detail.shouldSwap = false;
    location.assign(xhr.responseURL);
  }
});

// Two minutes before the site signs somebody out who does nothing, it says so and offers to stay.
const WARNED_AHEAD = 2 * 60_000;
let idleTimer = 0;

function watchIdle() {
  clearTimeout(idleTimer);
  document.querySelector(".ex-idle")?.remove();
  const template = document.getElementById("idle-warning");
  if (template) {
    const pause = template.dataset.minutes * 0.9 * 60_000 - WARNED_AHEAD;
    idleTimer = setTimeout(() => warnIdle(template), pause);
  }
}

function warnIdle(template) {
  document.body.append(template.content.cloneNode(true));
  document.querySelector(".ex-idle button").addEventListener("click", async () => {
    const answer = await fetch(template.dataset.url, { redirect: "manual" });
    if (answer.status === 204) {
      watchIdle();
      document.querySelector("main h1").focus({ preventScroll: true });
    } else {
      location.reload();
    }
  });
}

document.addEventListener("htmx:afterRequest", watchIdle);

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target === document.body || event.detail.boosted) {
    arrive(true);
  }
});

arrive(false);
watchIdle();
