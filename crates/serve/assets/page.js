// A little comfort: what belongs together lights up, and keys lead from mark to
// mark. Every page can be read without it.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const names = (element) => (element.dataset.m || "").split(" ").filter(Boolean);
  const byName = new Map();
  for (const element of all("[data-m]")) {
    for (const name of names(element)) {
      if (!byName.has(name)) byName.set(name, []);
      byName.get(name).push(element);
    }
  }
  const lit = new Set();
  const light = (wanted) => {
    for (const element of lit) element.classList.remove("lit");
    lit.clear();
    for (const name of wanted) {
      for (const element of byName.get(name) || []) {
        element.classList.add("lit");
        lit.add(element);
      }
    }
  };

  // an article
  const text = document.querySelector(".text");
  const margin = document.querySelector(".margin");
  if (text && margin) {
    let chosen = new URLSearchParams(location.search).get("mark") || location.hash.slice(1);
    const entry = (name) => margin.querySelector(`.entry[data-m="${CSS.escape(name)}"]`);
    const narrow = matchMedia("(max-width: 60rem)");
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.hidden = true;
    sheet.setAttribute("role", "status");
    document.body.append(sheet);
    const close = () => { sheet.hidden = true; sheet.replaceChildren(); };
    const show = (name) => {
      const found = entry(name);
      if (!found) return;
      if (narrow.matches) {
        const button = document.createElement("button");
        button.textContent = "Close";
        button.addEventListener("click", () => { close(); light([]); });
        sheet.replaceChildren(button, ...[...found.cloneNode(true).childNodes]);
        sheet.hidden = false;
      } else {
        const box = margin.getBoundingClientRect(), at = found.getBoundingClientRect();
        if (at.top < box.top || at.bottom > box.bottom) {
          margin.scrollTop += at.top - box.top - box.height / 3;
        }
      }
    };
    const choose = (name, scroll) => {
      chosen = name;
      light(name ? [name] : []);
      if (!name) { close(); return; }
      show(name);
      history.replaceState(null, "", `#${name}`);
      const first = (byName.get(name) || []).find((element) => text.contains(element));
      if (scroll && first) first.scrollIntoView({ block: "center" });
    };
    // What is meant at a place: the mark that is not chosen yet, the innermost first.
    const meant = (element) => {
      const marks = names(element).sort((a, b) => length(a) - length(b));
      return marks[(marks.indexOf(chosen) + 1) % marks.length];
    };
    const length = (name) => (byName.get(name) || []).filter((e) => text.contains(e)).reduce((sum, e) => sum + e.textContent.length, 0);
    text.addEventListener("mouseover", (event) => {
      const mark = event.target.closest("[data-m]");
      if (mark && !narrow.matches) light(names(mark));
    });
    text.addEventListener("mouseout", () => { if (!narrow.matches) light(chosen ? [chosen] : []); });
    text.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-m]");
      if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (String(getSelection())) return;
      event.preventDefault();
      choose(meant(mark), false);
    });
    for (const element of all(".entry", margin)) {
      element.addEventListener("mouseenter", () => light(names(element)));
      element.addEventListener("mouseleave", () => light(chosen ? [chosen] : []));
      element.addEventListener("focusin", () => light(names(element)));
    }
    margin.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const hash = link && link.hash.slice(1);
      if (!hash || !byName.has(hash) || link.pathname !== location.pathname && link.pathname !== "/read") return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(hash, true);
    });
    const order = all(".entries .entry", margin).map((element) => element.dataset.m);
    document.addEventListener("keydown", (event) => {
      if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { j: 1, k: -1 }[event.key];
      if (step) choose(order[Math.min(Math.max(order.indexOf(chosen) + step, 0), order.length - 1)], true);
      if (event.key === "Escape") choose("", false);
      const layer = all(".layers input")["1234".indexOf(event.key)];
      if (layer) layer.click();
    });
    if (chosen && byName.has(chosen)) { light([chosen]); show(chosen); }
  }

  // the network: one actor's edges
  for (const network of all(".network")) {
    const focus = (element) => {
      const mark = element && element.closest("[data-m]");
      network.classList.toggle("focus", Boolean(mark));
      light([]);
      if (!mark) return;
      const wanted = new Set(names(mark));
      for (const edge of all(".edge", network)) {
        if (mark === edge || mark.tagName !== "path" && names(edge).some((name) => wanted.has(name))) {
          for (const name of names(edge)) wanted.add(name);
          edge.classList.add("lit");
          lit.add(edge);
        }
      }
      for (const node of all("a[data-m]", network)) {
        if (wanted.has(node.dataset.m)) { node.classList.add("lit"); lit.add(node); }
      }
    };
    network.addEventListener("mouseover", (event) => focus(event.target));
    network.addEventListener("mouseout", () => focus(null));
    network.addEventListener("focusin", (event) => focus(event.target));
    network.addEventListener("focusout", () => focus(null));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
    const box = document.querySelector("#q");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });
})();
