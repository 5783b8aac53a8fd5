// What a page is better with: keys, suggestions, copying. Every page works without it.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = document.querySelector("[data-suggest]");

  // Copying a citation
  const copy = async (button) => {
    const text = button.parentElement.querySelector(".citation").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // only a secure origin has a clipboard
      const range = document.createRange();
      range.selectNodeContents(button.parentElement.querySelector(".citation"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    const label = button.textContent;
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  };
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // Going from hit to hit, and from match to match
  const step = (things, by) => {
    if (!things.length) return;
    const now = things.findIndex((thing) => thing.classList.contains("here"));
    const next = now < 0 ? (by > 0 ? 0 : things.length - 1) : (now + by + things.length) % things.length;
    things[now]?.classList.remove("here");
    things[next].classList.add("here");
    things[next].scrollIntoView({ block: "center" });
    things[next].querySelector("[data-open]")?.focus({ preventScroll: true });
  };
  const hits = () => all("[data-hit]");
  const here = () => document.querySelector("[data-hit].here") ?? document.querySelector("[data-hit]:target") ?? hits()[0];
  const keys = {
    "/": () => { box?.focus(); box?.select(); },
    j: () => step(hits(), 1),
    k: () => step(hits(), -1),
    o: () => here()?.querySelector("[data-open]")?.click(),
    n: () => step(all("main mark"), 1),
    p: () => step(all("main mark"), -1),
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
  const show = (suggestions) => {
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
        const answer = await fetch(`/api/suggest?q=${encodeURIComponent(query)}`);
        if (answer.ok && number === asked && document.activeElement === box) show((await answer.json()).suggestions);
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
