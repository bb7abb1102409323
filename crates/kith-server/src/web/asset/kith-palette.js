// The palette, the sheet of keys, and jumps. Without it `/ask` is a page.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const palette = $("#palette"), field = $("#palette-q"), found = $("#palette-found"), told = $("#palette-said");
  const sheet = $("#keys");
  if (!palette || !palette.showModal) return;
  const { on } = window.kith;

  // Options: the chosen one is named by the field, which keeps the focus.
  const options = () => $$("[role=option]", found);
  const choose = (one) => {
    for (const option of options()) option.setAttribute("aria-selected", String(option === one));
    if (one) {
      field.setAttribute("aria-activedescendant", one.id);
      one.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const step = (by) => {
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    choose(all[(at + by + all.length) % all.length]);
  };
  // Closing gives the focus back to the field that opened the palette: that must not open it again.
  let closing = false;
  const hide = () => {
    closing = true;
    palette.close();
    closing = false;
  };
  palette.addEventListener("cancel", () => { closing = true; });
  palette.addEventListener("close", () => {
    closing = false;
    // That field only opens the palette: left focused, it would take single letters that are shortcuts. Tab goes on from there.
    if (document.activeElement?.closest("form[data-palette]")) document.activeElement.blur();
  });
  const go = (option, aside) => {
    if (!option) return;
    if (aside) window.open(option.dataset.href, "_blank", "noopener"); else location.assign(option.dataset.href);
    hide();
  };

  // One request at a time counts: the latest.
  let asked = null, timer = 0, running = null;
  const look = async () => {
    const text = field.value.trim();
    if (text === asked) return;
    asked = text;
    running?.abort();
    const mine = running = new AbortController();
    try {
      const reply = await fetch(`/ask/options?q=${encodeURIComponent(text)}`, { signal: mine.signal, credentials: "same-origin" });
      if (reply.redirected) { location.reload(); return; }
      if (!reply.ok) throw new Error(String(reply.status));
      const html = await reply.text();
      if (mine !== running) return;
      running = null;
      found.innerHTML = html;
      choose(options()[0]);
      told.textContent = told.dataset.say.replace("{n}", options().length);
    } catch (error) {
      if (error.name === "AbortError") return;
      running = null;
      asked = null;
      told.textContent = told.dataset.empty;
    }
  };
  const show = (text) => {
    if (sheet.open) sheet.close();
    if (!palette.open) palette.showModal();
    if (text) field.value = text;
    field.focus();
    field.select();
    asked = null;
    look();
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 90);
  });
  on("key:choose", (event) => {
    if (!palette.open) return false;
    step(event.key === "ArrowDown" ? 1 : -1);
    return true;
  }, true);
  on("key:open", (event) => {
    // What was typed last is looked for first: until then Enter sends the field to its page.
    if (event.target !== field || !chosen() || field.value.trim() !== asked || running) return false;
    go(chosen(), event.ctrlKey || event.metaKey);
    return true;
  }, true);
  found.addEventListener("click", (event) => go(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey));
  palette.addEventListener("click", (event) => { if (event.target === palette) hide(); });
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });

  // What leads to the page of asking opens the palette instead.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-palette]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show("");
  });
  for (const name of ["focusin", "input"]) {
    $("form[data-palette]")?.addEventListener(name, (event) => {
      if (closing) return;
      const text = event.target.value;
      event.target.value = "";
      show(text);
    });
  }

  on("key:ask", () => { if (palette.open) hide(); else show(""); }, true);
  on("key:field", () => {
    if ($("#q")) return false;
    show("");
    return true;
  });
  on("key:sheet", () => sheet.showModal());
  on("key:jump", (event) => {
    const place = $(`[data-jump="${CSS.escape(event.key.toLowerCase())}"]`);
    if (place) location.assign(place.href);
    return Boolean(place);
  });

  // A box that chooses all others of its kind.
  document.addEventListener("change", (event) => {
    const all = event.target.dataset?.choose;
    if (all) for (const box of $$(all)) box.checked = event.target.checked;
  });
})();
