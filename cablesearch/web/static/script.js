// What a page is better with: keys, suggestions, copying. Every page works without it.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = document.querySelector("[data-suggest]");

  // Copying what stands before a button
  const copy = async (button) => {
    const text = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // only a secure origin has a clipboard
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    const label = button.textContent;
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
  });

  // The style of citations, as it was chosen last; the address says it, too
  const remembered = (style) => {
    try {
      if (style) localStorage.setItem("style", style);
      return localStorage.getItem("style");
    } catch { return null; } // a browser may keep nothing
  };
  const restyle = async (form, shown) => {
    const address = new URL(shown, location.href), style = remembered();
    if (!style || style === form.dataset.style || address.searchParams.has("style")) return;
    address.searchParams.set("style", style);
    const page = await fetched(address);
    if (!page || !form.isConnected) return;
    const texts = all(".citation", page);
    all(".citation").forEach((citation, number) => { citation.textContent = texts[number]?.textContent; });
    form.querySelector("select").value = style;
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-style]");
    if (!form) return;
    remembered(event.target.value);
    form.submit();
  });

  // What has just come into the page
  const fetched = async (address) => {
    try {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) return new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { /* as if there were no answer */ }
    return null;
  };
  const ready = (address) => {
    for (const shown of all("[data-copy], .steps")) shown.hidden = false;
    for (const form of all("[data-style]")) {
      form.querySelector("button").hidden = true; // choosing is enough
      restyle(form, address);
    }
  };

  // A part of the timeline, chosen by dragging over it
  let drag = null;
  const overlapping = (svg, from, to) => all("a", svg).filter((bar) => {
    const place = bar.querySelector(".reach").getBoundingClientRect();
    return place.right > from && place.left < to;
  });
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.("[data-range] svg");
    if (svg && event.button === 0) drag = { svg, from: event.clientX, over: null };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || (!drag.over && Math.abs(event.clientX - drag.from) < 6)) return;
    const { svg, from } = drag, left = svg.getBoundingClientRect().left;
    if (!drag.over) {
      drag.over = svg.appendChild(document.createElementNS(svg.namespaceURI, "rect"));
      for (const [name, value] of Object.entries({ class: "over", y: 0, height: "100%" })) drag.over.setAttribute(name, value);
    }
    drag.over.setAttribute("x", Math.min(from, event.clientX) - left);
    drag.over.setAttribute("width", Math.abs(event.clientX - from));
  });
  document.addEventListener("pointerup", (event) => {
    const { svg, from, over } = drag ?? {};
    drag = null;
    if (!over) return;
    over.remove();
    addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true }); // of the bar below
    setTimeout(() => {
      const bars = overlapping(svg, Math.min(from, event.clientX), Math.max(from, event.clientX));
      if (!bars.length) return;
      const period = (bar) => bar.dataset.period, last = period(bars.at(-1));
      const range = period(bars[0]) === last ? last : `${period(bars[0])}..${last}`;
      const address = svg.parentElement.dataset.range, place = address.lastIndexOf("FROM..TO");
      location.assign(address.slice(0, place) + range + address.slice(place + 8));
    });
  });
  document.addEventListener("pointercancel", () => { drag?.over?.remove(); drag = null; });
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-range]")) event.preventDefault(); });

  // An index that is being built: the page follows
  const building = () => document.querySelector("[data-building]");
  const follow = async () => {
    try {
      const address = building().dataset.building, answer = await fetch(address);
      if (answer.ok) return location.replace(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    } catch { /* the next time */ }
    if (building()) setTimeout(follow, 700);
  };
  if (building()) setTimeout(follow, 700);
  document.addEventListener("drop", (event) => {
    const field = event.target.closest?.("[data-drop]");
    if (!field) return;
    event.preventDefault(); // else a browser opens what is dropped
    const dropped = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain");
    if (dropped) field.value = dropped.split("\n")[0].trim();
  });

  // Going from hit to hit, and from match to match
  const inSight = (things) => {
    const top = document.querySelector(".top").getBoundingClientRect().bottom;
    return Math.max(0, things.findIndex((thing) => thing.getBoundingClientRect().bottom > top));
  };
  const step = (things, by) => {
    if (!things.length) return;
    const now = things.findIndex((thing) => thing.classList.contains("here"));
    const from = now < 0 ? inSight(things) - (by > 0) : now; // the first step leads to what is in sight
    const next = (from + by + things.length) % things.length;
    things[now]?.classList.remove("here");
    things[next].classList.add("here");
    things[next].scrollIntoView({ block: "center" });
    things[next].querySelector("[data-open]")?.focus({ preventScroll: true });
  };
  const matches = () => all("main mark");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (button) step(matches(), Number(button.dataset.step));
  });
  const hits = () => all("[data-hit]");
  const here = () => document.querySelector("[data-hit].here") ?? document.querySelector("[data-hit]:target") ?? hits()[0];
  const keys = {
    "/": () => { box?.focus(); box?.select(); },
    j: () => step(hits(), 1),
    k: () => step(hits(), -1),
    o: () => here()?.querySelector("[data-open]")?.click(),
    n: () => step(matches(), 1),
    p: () => step(matches(), -1),
    f: () => document.querySelector("#narrow a")?.focus(),
    c: () => {
      const cite = here()?.querySelector(".cite");
      if (cite) cite.open = true;
      const button = (cite ?? document).querySelector("[data-copy]");
      if (button) copy(button);
    },
    "?": () => document.querySelector("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // Answers while a query is typed: on the page of a search, whose address follows
  const main = document.querySelector("main"), found = box?.form.getAttribute("action");
  let shown = location.pathname + location.search, loading = 0, settling, typing = false;
  const show = async (address) => {
    const number = ++loading, page = await fetched(address);
    if (!page || number !== loading) return false;
    main.replaceChildren(...page.querySelector("main").childNodes);
    document.body.className = page.body.className;
    document.title = page.title;
    document.getElementById("said").textContent = main.querySelector("h1")?.textContent ?? "";
    ready(address);
    return page;
  };
  const settle = async () => {
    const query = box.value, address = `${found}?${new URLSearchParams(new FormData(box.form))}`;
    if (query.trim().length < 2 || address === shown) return;
    if (!(await show(address)) || box.value !== query) return; // what cannot be read yet changes nothing
    history[typing ? "replaceState" : "pushState"](null, "", address); // one step back for all that is typed in one go
    shown = address;
    typing = true;
  };
  if (box && location.pathname === found) {
    box.addEventListener("input", () => { clearTimeout(settling); settling = setTimeout(settle, 350); });
    box.addEventListener("blur", () => { typing = false; });
    addEventListener("popstate", async () => {
      const address = location.pathname + location.search;
      if (address === shown) return; // another place of the same page
      clearTimeout(settling);
      shown = address;
      typing = false;
      const page = await show(address);
      if (page) box.value = page.querySelector("[data-suggest]").value;
      else location.reload();
    });
  }
  ready(location.href);

  // Suggestions while a query is typed
  if (!box) return;
  const list = document.getElementById(box.getAttribute("aria-controls"));
  let chosen = -1, asked = 0, timer;
  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    chosen = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === place)));
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[place].id);
  };
  const take = (item) => {
    box.value = item.dataset.query;
    close();
    box.focus();
  };
  const part = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text; // never as markup
    return made;
  };
  const offer = (suggestions) => {
    list.replaceChildren(...suggestions.map((one, number) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.query = one.query;
      const text = part("value", one.text);
      text.dir = "auto";
      item.append(part("kind", one.kind), text);
      if (one.meaning) item.append(part("meaning", one.meaning));
      if (one.paragraphs !== null) item.append(part("number", one.paragraphs.toLocaleString("en")));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    chosen = -1;
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    const query = box.value, number = ++asked;
    if (query.trim().length < 2) return close();
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(query)}`);
        if (answer.ok && number === asked && document.activeElement === box) offer((await answer.json()).suggestions);
      } catch { close(); }
    }, 120);
  });
  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && count) { event.preventDefault(); choose((chosen + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); choose((chosen + count - 1 + (chosen < 0)) % count); }
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", () => { asked++; close(); });
})();
